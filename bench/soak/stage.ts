// All of Hubs as an operator starts it, one process of each kind; outside of it a bus with an archive, a forum, a reader.
import { join } from 'node:path';
import { openProcesses, type Processes } from '../../e2e/processes.ts';
import { freePort } from '../../local/ports.ts';
import { type Helper, startHelper } from '../pipeline/helper.ts';
import { teamTag } from '../pipeline/message.ts';
import type { Stores } from '../pipeline/stage.ts';
import type { Followed } from './reader.ts';

export interface SoakStage {
  hubs: Processes;
  publisher: Helper;
  reader: Helper;
  stop(): Promise<void>;
}

export async function openSoakStage(stores: Stores): Promise<SoakStage> {
  const busPort = await freePort();
  const helpers = await Promise.all(
    [['pipeline/publisher', busPort] as const, ['pipeline/forum'] as const, ['soak/reader'] as const].map(
      ([name, ...args]) => startHelper(`../${name}`, ...args),
    ),
  );
  const [publisher, forum, reader] = helpers as [Helper, Helper, Helper];
  const hubs = await openProcesses(stores.folder, {
    DATABASE_URL: stores.postgres.url,
    REDIS_URL: stores.redis.url,
    CACHE_URL: `file:${join(stores.folder, 'cache')}`,
    BUS_ENDPOINTS: `tcp://127.0.0.1:${busPort}`,
    ARCHIVE_URL: await publisher.ask<string>('openArchive'),
    DISCOURSE_URL: await forum.ask<string>('url'),
  });
  const stop = async () => {
    for (const helper of helpers) helper.stop();
    await hubs.stopAll();
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
