// What a listener stands between: publishers and an archive before it, Redis and the ledger behind it.
import { Redis } from 'ioredis';
import { messageSchema } from '../bus/message.ts';
import { fromFields, streams } from '../bus/streams.ts';
import { readLedger, sumRows } from '../ledger/read-ledger.ts';
import type { Pace } from '../listener/catch-up.ts';
import { startListener } from '../listener/listener.ts';
import { openPool } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';
import { startArchive } from './archive.ts';
import { openPublisher } from './publisher.ts';
import { createDatabase, startTestRedis, testContext } from './stores.ts';
import { until } from './until.ts';

const DAYS_MS = 5 * 86_400_000;

/** As in life, but quick. */
export const quickPace: Pace = {
  ...{ tickMs: 20, joinMs: 20, pollMs: 200 },
  ...{ lateMs: 100, overlapMs: 1_000, retryMs: 300 },
};

/** fedmsg's ids begin with a year, which Hubs leaves out. */
export const idOf = (envelope: { msg_id: string }): string => envelope.msg_id.slice(5);

export type ListenerStage = Awaited<ReturnType<typeof openListenerStage>>;

/** Each has stores of its own. */
export async function openListenerStage() {
  const [server, databaseUrl, archive] = await Promise.all([
    startTestRedis(),
    createDatabase(),
    startArchive(),
  ]);
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const pool = openPool(databaseUrl);
  const closers: (() => unknown)[] = [
    () => archive.close(),
    () => server.stop(),
    () => redis.disconnect(),
    () => pool.end(),
  ];

  const ledger = () => readLedger(pool, { sinceMs: Date.now() - DAYS_MS });
  const watermark = async () => (await ledger()).watermarkMs ?? 0;
  const readItems = () => redis.xrange(streams.bus, '-', '+');
  const idsIn = (items: Awaited<ReturnType<typeof readItems>>) =>
    items.map(([, fields]) => fromFields(messageSchema, fields).id);

  return {
    ...{ server, redis, databaseUrl, pool, archive, ledger, watermark },
    /** @param port that of one that was closed before */
    async publisher(port?: number) {
      const bus = await openPublisher(port);
      closers.push(() => bus.close());
      return bus;
    },
    /** Starts one that hears what these settings name; it knows the archive. */
    async listen(overrides: Partial<Settings>, pace = quickPace) {
      const settings = { ARCHIVE_URL: archive.url, ...overrides };
      const context = testContext({ databaseUrl, redisUrl: server.url, overrides: settings });
      const listener = await startListener(context, pace);
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= listener.stop();
        return stopping;
      };
      closers.push(stop);
      return { ...listener, stop };
    },
    /** The ids of the messages that wait for triage, in order. */
    queued: async () => idsIn(await readItems()),
    /** What triage and worker do with all that waits. @returns the messages' ids */
    async acknowledge() {
      const items = await readItems();
      if (items.length > 0) await redis.xdel(streams.bus, ...items.map(([id]) => id));
      await redis.xtrim(streams.work, 'MAXLEN', 0);
      return idsIn(items);
    },
    /** Resolves when all that was sent by then is acknowledged. */
    watermarkPasses: (ms: number) => until(async () => (await watermark()) > ms),
    /** Of all hours and services together. */
    counts: async () => sumRows((await ledger()).rows, () => '').get('') ?? {},
    /** Before it closes itself. */
    onClose: (closer: () => unknown) => void closers.push(closer),
    async close() {
      for (const closer of closers.reverse()) await closer();
    },
  };
}
