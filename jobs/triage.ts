// Triage puts messages in words and finds whom they concern; the cost is what matches, not what exists.
import { describe } from '../activity/describe.ts';
import { keysOf } from '../activity/keys.ts';
import { type Message, messageSchema } from '../bus/message.ts';
import { fromFields, streams, toFields, type Work } from '../bus/streams.ts';
import { openPool } from '../prisma/client.ts';
import type { Context, Running } from '../runtime/process.ts';
import { askForReadings } from './ask-for-readings.ts';
import { startConsumer } from './consumer.ts';
import { findInterests, type Interests } from './find-interests.ts';

const BATCH = 200;

/** The work a message makes, or null where it concerns nobody. The first key that meets a hub is why it is there. */
export function workOf(message: Message, keys: string[], interests: Interests): Work | null {
  const why = new Map<number, string>();
  for (const key of keys) {
    for (const hub of interests.feeds.get(key) ?? []) if (!why.has(hub)) why.set(hub, key);
  }
  const stale = [...new Set(keys.flatMap((key) => interests.values.get(key) ?? []))];
  if (why.size === 0 && stale.length === 0) return null;
  return { message, feeds: [...why].map(([hub, reason]) => ({ hub, why: reason })), stale };
}

export async function startTriage(context: Context): Promise<Running> {
  const { settings, log } = context;
  const pool = openPool(settings.DATABASE_URL, {
    isDirect: settings.DATABASE_URL === settings.DATABASE_DIRECT_URL,
  });
  const consumer = await startConsumer(context, {
    stream: streams.bus,
    group: 'triage',
    batch: BATCH,
    async handle(items, acknowledgement) {
      const messages = items.map((item) => fromFields(messageSchema, item.fields));
      const keyed = messages.map((message) => ({ message, keys: keysOf(message, describe(message)) }));
      const interests = await findInterests(pool, [...new Set(keyed.flatMap(({ keys }) => keys))]);
      await askForReadings(pool, messages);
      for (const { message, keys } of keyed) {
        const work = workOf(message, keys, interests);
        const { feeds = [], stale = [] } = work ?? {};
        log.debug({ message: message.id, feeds: feeds.length, stale: stale.length }, 'looked at');
        if (work) acknowledgement.xadd(streams.work, '*', ...toFields(work));
      }
    },
  });
  return {
    wrong: consumer.wrong,
    async stop() {
      await consumer.stop();
      await pool.end();
    },
  };
}
