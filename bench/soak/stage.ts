// All of Hubs as an operator starts it, one process of each kind; outside of it a bus with an archive, a forum, a reader.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openProcesses, type Processes } from '../../e2e/processes.ts';
import { freePort } from '../../local/ports.ts';
import { startRabbitmq } from '../../testing/rabbitmq.ts';
import { type Helper, startHelper } from '../pipeline/helper.ts';
import { teamTag } from '../pipeline/message.ts';
import type { Stores } from '../pipeline/stage.ts';
import type { Followed } from './reader.ts';

/** What a supervisor gives a process until it is ready; on a busy machine the web needs half of it. */
const START_MS = 60_000;

export interface SoakStage {
  hubs: Processes;
  publisher: Helper;
  reader: Helper;
  stop(): Promise<void>;
}

export interface Outside {
  bus: 'zeromq' | 'amqp';
  hasArchive: boolean;
}

/** A bus of either kind: where it is published to, what Hubs is told of it, and its end. */
async function openBus(kind: Outside['bus'], folder: string) {
  if (kind === 'zeromq') {
    const port = await freePort();
    return { to: port, settings: { BUS_ENDPOINTS: `tcp://127.0.0.1:${port}` }, stop: async () => undefined };
  }
  const files = join(folder, 'rabbitmq');
  mkdirSync(files);
  const { url, stop } = await startRabbitmq(files);
  return { to: url, settings: { BUS_AMQP_URL: url, BUS_AMQP_QUEUE: 'hubs' }, stop };
}

export async function openSoakStage(stores: Stores, outside: Outside): Promise<SoakStage> {
  const bus = await openBus(outside.bus, stores.folder);
  const publisher = await startHelper('publisher', bus.to);
  const forum = await startHelper('forum');
  const reader = await startHelper('../soak/reader');
  const settings = {
    DATABASE_URL: stores.postgres.url,
    REDIS_URL: stores.redis.url,
    CACHE_URL: `file:${join(stores.folder, 'cache')}`,
    ...bus.settings,
    ...(outside.hasArchive && { ARCHIVE_URL: await publisher.ask<string>('openArchive') }),
    DISCOURSE_URL: await forum.ask<string>('url'),
  };
  const hubs = await openProcesses(stores.folder, settings, START_MS);
  const stop = async () => {
    for (const helper of [publisher, forum, reader]) helper.stop();
    await hubs.stopAll();
    await bus.stop();
  };
  try {
    await Promise.all([hubs.startAll(), publisher.ask('subscribed', 1)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { hubs, publisher, reader, stop };
}

/** Every other stream goes through the web, as on a machine without a proxy, the rest straight to where a proxy goes. */
export async function openPages(
  { hubs, reader }: SoakStage,
  teams: number[],
  hubsEach: number,
): Promise<void> {
  const all = teams.map((hub, team) => ({ hub, feedUrl: `${hubs.url}/t/${teamTag(team)}/feed.json` }));
  for (let first = 0; first < all.length; first += hubsEach) {
    const isThroughWeb = (first / hubsEach) % 2 === 0;
    const followed: Followed = {
      streamUrl: `${isThroughWeb ? hubs.url : hubs.sseUrl}/sse`,
      hubs: all.slice(first, first + hubsEach),
    };
    await reader.ask('follow', followed);
  }
}
