// A MongoDB for a spec, behind a gate: shut, it is away.
import { test as base } from '@playwright/test';
import { findMongodb } from '../local/mongodb-program.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { gatedMongoUrl, mongoServer, startMongodb, withMongoDatabase } from '../testing/mongodb.ts';
import { skipWithout } from '../testing/skips.ts';
import { test as stack } from './stack.ts';

const found = findMongodb();

/** Skips the file's tests where there is none. */
export const needMongodb = () => base.skip(...skipWithout('mongodb'));

export const test = stack.extend<{ mongodbUrl: string; gate: Gate; feedsUrl: string }>({
  mongodbUrl: async ({ folder, postgresUrl }, use) => {
    if (!found) throw new Error('there is no MongoDB');
    const server = await startMongodb(found, folder, postgresUrl);
    await use(server.url);
    await server.stop();
  },
  gate: async ({ mongodbUrl }, use) => {
    const gate = await openGate(mongoServer(mongodbUrl));
    await use(gate);
    await gate.shut();
  },
  feedsUrl: async ({ mongodbUrl, gate }, use) =>
    use(gatedMongoUrl(withMongoDatabase(mongodbUrl, `hubs_test_${Date.now()}`), gate.port)),
});
