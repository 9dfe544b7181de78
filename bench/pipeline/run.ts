// One run: messages published, until the last one's entries are stored and nothing waits any more.
import { connectRedis, streams } from '../../bus/streams.ts';
import { freePort } from '../../local/ports.ts';
import { until } from '../../testing/until.ts';
import { type Helper, now, startHelper } from './helper.ts';
import { isWatched, messageId, TEAMS, teamOf } from './message.ts';
import { perMessage, timeEach } from './processor-time.ts';
import type { Publish } from './publisher.ts';
import { type Stage, type Stores, stages } from './stage.ts';
import type { HeardNotice } from './visitor.ts';

export interface RunResult {
  messages: number;
  /** From the first message published to the last entry stored and the last value loaded. */
  perSecond: number;
  /** Should be 3 each. */
  entriesEach: number;
  /** Of entries and of values, as the visitor heard them. */
  notices: { entry: number; value: number };
  loads: number;
  /** Milliseconds from publishing to the notice, of the messages that reach a team with an open page. */
  latencies: number[];
  /** Messages of such teams that no notice followed. Should be none. */
  unheard: number;
  /** Milliseconds of processor time each. */
  hubs: Record<string, number>;
  outside: Record<string, number>;
}

const LIMIT_MS = 600_000;

/** Opens the page of every tenth team, each with a stream of its own, as browsers do. @param teams the hub of each team */
export async function openPages({ visitor, hubs }: Stage, teams: number[]): Promise<void> {
  for (const [team, hub] of teams.entries())
    if (isWatched(team)) await visitor.ask('listen', `${hubs.sseUrl}/sse?hub=${hub}`);
}

export async function run(stores: Stores, stage: Stage, teams: number[], what: Publish): Promise<RunResult> {
  const { forum, publisher, visitor, hubs } = stage;
  const redis = connectRedis(stores.redis.url);
  const pids = {
    hubs: {
      ...Object.fromEntries(stages.map((name) => [name, hubs.get(name).pid])),
      postgresql: stores.postgres.pid,
      redis: stores.redis.pid,
    },
    outside: { publisher: publisher.pid, forum: forum.pid, visitor: visitor.pid },
  };
  /** How many messages ever came to hubs:bus. */
  const countArrived = async () => {
    const fields = (await redis.xinfo('STREAM', streams.bus)) as unknown[];
    return Number(fields[fields.indexOf('entries-added') + 1]);
  };
  const arrivedBefore = await countArrived();
  const isDone = async () => {
    const arrived = (await countArrived()) - arrivedBefore;
    const waiting = (await redis.xlen(streams.bus)) + (await redis.xlen(streams.work));
    return arrived >= what.count && waiting === 0;
  };
  const countLoads = () => forum.ask<number>('asked');
  const noLoadWaits = async () =>
    (await stores.pool.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'load' LIMIT 1`))
      .rowCount === 0;

  await visitor.ask('heard');
  const loadsBefore = await countLoads();
  const before = { hubs: timeEach(pids.hubs), outside: timeEach(pids.outside) };
  const sentAt = await publisher.ask<number[]>('publish', what);
  await until(isDone, { deadlineMs: LIMIT_MS, everyMs: 20 });
  await until(noLoadWaits, { deadlineMs: LIMIT_MS, everyMs: 20 });
  const tookMs = now() - (sentAt[0] ?? 0);
  await untilQuiet(visitor);
  const heard = await visitor.ask<HeardNotice[]>('heard');
  const after = { hubs: timeEach(pids.hubs), outside: timeEach(pids.outside) };
  redis.disconnect();

  const { rows } = await stores.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM entry_seen WHERE message_id LIKE $1',
    [messageId(what.run, 0).replace(/0$/, '%')],
  );
  const entry = heard.filter((notice) => notice.what === 'entry');
  const latencies = matchNotices(sentAt, entry, (number) => teams[teamOf(number, what.teams)] ?? 0);
  const watched = sentAt.filter((_at, number) => isWatched(teamOf(number, what.teams)));
  return {
    messages: what.count,
    perSecond: what.count / (tookMs / 1_000),
    entriesEach: (rows[0]?.n ?? 0) / what.count,
    notices: { entry: entry.length, value: heard.length - entry.length },
    loads: (await countLoads()) - loadsBefore,
    latencies,
    unheard: watched.length - latencies.length,
    hubs: perMessage(before.hubs, after.hubs, what.count),
    outside: perMessage(before.outside, after.outside, what.count),
  };
}

/** Waits until nothing was heard between two looks. */
async function untilQuiet(visitor: Helper): Promise<void> {
  let before = -1;
  await until(
    async () => {
      const count = await visitor.ask<number>('count');
      const isQuiet = count === before;
      before = count;
      return isQuiet;
    },
    { everyMs: 200 },
  );
}

/** The same with the baseline in Hubs' place. */
export async function measureLeast(stores: Stores, count: number, perSecond: number) {
  const port = await freePort();
  const publisher = await startHelper('publisher', port);
  const least = await startHelper('least', `tcp://127.0.0.1:${port}`, stores.postgres.url);
  await publisher.ask('subscribed', 1);
  const pids = { process: least.pid, postgresql: stores.postgres.pid };
  const before = timeEach(pids);
  const what: Publish = { run: 'least', count, perSecond, teams: TEAMS };
  const [first = 0] = await publisher.ask<number[]>('publish', what);
  await until(async () => (await least.ask<number>('stored')) === count, { deadlineMs: LIMIT_MS });
  const tookMs = now() - first;
  const times = perMessage(before, timeEach(pids), count);
  for (const helper of [publisher, least]) helper.stop();
  return { messages: count, perSecond: count / (tookMs / 1_000), times };
}

/** For each message of a hub that was heard of: how long after it was sent the next notice of its hub came. */
function matchNotices(sentAt: number[], notices: HeardNotice[], hubOf: (number: number) => number): number[] {
  const byHub = Map.groupBy(notices, ({ hub }) => hub);
  return sentAt.flatMap((sent, number) => {
    const next = byHub.get(hubOf(number))?.find(({ at }) => at >= sent);
    return next ? [next.at - sent] : [];
  });
}
