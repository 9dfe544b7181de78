// From the bus into hubs:bus. Nothing is read from a socket that there is no room for: while Redis is away the
// buffer here fills, then ZeroMQ's, then the publisher's; all of it goes on by itself when Redis is back.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { openQueue, WAITING_LIMIT } from '../bus/queue-messages.ts';
import { connectRedis } from '../bus/streams.ts';
import { readTopic } from '../bus/topic.ts';
import type { Context, Running } from '../runtime/process.ts';
import { openBusSource } from './bus-source.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';
import { readFrames } from './read-frames.ts';
import { WaitingMessages } from './waiting.ts';

/** A batch is what waits when the one before is done, at most this much. */
const BATCH_MESSAGES = 200;
const BATCH_CHARACTERS = 4_000_000;
const RETRY_MS = 500;
/** A stop takes at most the sum of both. */
const DRAIN_MS = 2_000;
const FLUSH_MS = 5_000;

/**
 * Listens to every configured endpoint.
 * @throws when no endpoint is configured
 */
export async function startListener(context: Context): Promise<Running> {
  const { settings, log } = context;
  if (settings.BUS_ENDPOINTS.length === 0)
    throw new Error(
      'BUS_ENDPOINTS names no endpoint; set it to those of the bus, for example tcp://hub.example.org:9940',
    );
  const outcomes = countOutcomes(context.metrics, log);
  const waiting = new WaitingMessages(settings.BUS_HIGH_WATER_MARK);
  const redis = connectRedis(settings.REDIS_URL);
  const queueing = queueWaiting(redis, waiting, outcomes, context);
  const options = { topics: settings.BUS_TOPICS, highWaterMark: settings.BUS_HIGH_WATER_MARK };
  const sources = settings.BUS_ENDPOINTS.map((endpoint) =>
    openBusSource(endpoint, options, (frames) => takeMessage(frames, waiting, outcomes)),
  );

  return {
    stop: async () => {
      await Promise.all(sources.map((source) => source.stop(DRAIN_MS)));
      await Promise.race([waiting.isEmpty(), delay(FLUSH_MS, undefined, { ref: false })]);
      const lost = waiting.close();
      for (const { service } of lost) outcomes.count('lost', service);
      if (lost.length > 0) log.error({ lost: lost.length }, 'lost what Redis did not take before the stop');
      redis.disconnect();
    },
    wrong: async () => [
      ...queueing.wrong(),
      ...sources
        .filter((source) => !source.isConnected())
        .map(({ endpoint }) => `The bus at ${endpoint} is not connected; it is tried again every second.`),
    ],
  };
}

async function takeMessage(frames: Buffer[], waiting: WaitingMessages, outcomes: Outcomes): Promise<void> {
  outcomes.received();
  const result = readFrames(frames);
  if ('dropped' in result) {
    const service = readTopic(String(frames[0]?.subarray(0, 500))).category;
    return outcomes.dropped(result.dropped, service, result.sentence);
  }
  const { id, category: service } = result.message;
  const isAdded = await waiting.add({ id, service, text: JSON.stringify(result.message) });
  if (!isAdded) outcomes.count('lost', service);
}

/** Brings what waits to Redis until `waiting` is closed. A batch in flight when Redis goes is sent again by ioredis. */
function queueWaiting(
  redis: Redis,
  waiting: WaitingMessages,
  outcomes: Outcomes,
  { settings, log }: Context,
) {
  const queue = openQueue(redis);
  let refusal: string | null = null;

  async function queueBatch(): Promise<boolean> {
    const batch = await waiting.oldest(BATCH_MESSAGES, BATCH_CHARACTERS);
    if (batch.length === 0) return false;
    const added = await queue(batch);
    if (!added) throw new Error(`${WAITING_LIMIT} messages wait for triage; start more \`hubs run triage\``);
    waiting.drop(batch.length);
    for (const [index, { service }] of batch.entries())
      outcomes.count(added[index] ? 'queued' : 'duplicate', service);
    refusal = null;
    return true;
  }

  async function queueAll(): Promise<void> {
    for (;;) {
      try {
        if (!(await queueBatch())) return;
      } catch (error) {
        if (waiting.isClosed) return;
        const { message } = error as Error;
        if (message !== refusal) log.error({ err: error }, 'Redis does not take messages');
        refusal = message;
        await delay(RETRY_MS);
      }
    }
  }

  // Not awaited by the stop: ioredis settles no command when it is disconnected in the middle of a reconnect.
  void queueAll();
  return {
    wrong: () => {
      const held = `${waiting.count} messages wait in memory, at most ${settings.BUS_HIGH_WATER_MARK}`;
      if (redis.status !== 'ready') return [`Redis can't be reached (REDIS_URL); ${held}.`];
      return refusal ? [`Redis does not take messages: ${refusal}; ${held}.`] : [];
    },
  };
}
