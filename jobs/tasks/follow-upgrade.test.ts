import type { JobHelpers } from 'graphile-worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, openPool, type Pool } from '../../prisma/client.ts';
import { createDatabase } from '../../testing/stores.ts';
import { makeFollowUpgradeTask, promiseFollowUpgrade } from './follow-upgrade.ts';

let pool: Pool;
let database: Database;

beforeAll(async () => {
  pool = openPool(await createDatabase());
  database = openDatabase(pool);
});
afterAll(() => pool.end());

const runUntil = (abortSignal?: AbortSignal) =>
  makeFollowUpgradeTask(database)({}, { abortSignal } as JobHelpers);

test('hubs that nobody edited get the new defaults, values of another loader version their new keys', async () => {
  const bare = await database.hub.create({ data: { type: 'team', name: 'bare', groupName: 'bare' } });
  const edited = await database.hub.create({
    data: {
      ...{ type: 'team', name: 'edited', groupName: 'edited', discourseTag: 'edited', layoutEdited: true },
      widgets: { create: { kind: 'discussion', column: 'left', place: 0, valueKey: 'discussion/v0/old' } },
    },
  });
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(runUntil(stopped)).rejects.toThrow('stopped');
  await runUntil();
  expect(await database.widget.count({ where: { hubId: bare.id } })).toBeGreaterThan(1);
  expect(await database.widget.findMany({ where: { hubId: edited.id } })).toMatchObject([
    { kind: 'discussion', valueKey: expect.not.stringMatching('discussion/v0/old') },
  ]);
});

test('however many workers start, one job waits', async () => {
  await Promise.all([1, 2, 3].map(() => promiseFollowUpgrade(pool)));
  const { rowCount } = await pool.query(
    `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'follow-upgrade'`,
  );
  expect(rowCount).toBe(1);
});
