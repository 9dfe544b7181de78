// The way of every message from its source to hubs:bus: signature, room to wait in, Redis, and what became of it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { openQueue, WAITING_LIMIT } from '../bus/queue-messages.ts';
import { connectRedis } from '../bus/streams.ts';
import { readTopic } from '../bus/topic.ts';
import type { Context } from '../runtime/process.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';
import { openSignatureCheck } from './signature-check.ts';
import type { Take } from './sources/source.ts';
import { type WaitingMessage, WaitingMessages } from './waiting.ts';

/** A batch is what waits when the one before is done, at most this much. */
const BATCH_MESSAGES = 200;
const BATCH_CHARACTERS = 4_000_000;
const RETRY_MS = 500;

export interface Intake {
  take: Take;
  /** What keeps it from taking, a sentence each. */
  wrong(): string[];
  /** Resolves when Redis has all that was taken. */
  flush(): Promise<void>;
  /** Gives up what Redis has not taken. */
  close(): void;
}

export function openIntake(context: Context): Intake {
  const { settings, log, metrics } = context;
  const outcomes = countOutcomes(metrics, log);
  const waiting = new WaitingMessages(settings.BUS_HIGH_WATER_MARK);
  const redis = connectRedis(settings.REDIS_URL);
  const signatures = openSignatureCheck(settings, log);
  const queueing = queueWaiting(redis, waiting, outcomes, context);

  function giveUp({ service, settle }: Pick<WaitingMessage, 'service' | 'settle'>): void {
    outcomes.count(settle ? 'returned' : 'lost', service);
    settle?.('left');
  }

  return {
    async take({ topic, result, settle }) {
      outcomes.received();
      const checked = 'dropped' in result ? result : await signatures.check(result);
      if (checked === null) return giveUp({ service: readTopic(topic).category, settle });
      if ('dropped' in checked) {
        outcomes.dropped(checked.dropped, readTopic(topic).category, checked.sentence);
        return settle?.('refused');
      }
      const { id, category: service } = checked.message;
      const message = { id, service, text: JSON.stringify(checked.message), settle };
      if (!(await waiting.add(message))) giveUp(message);
    },
    wrong: () => [...queueing.wrong(), ...signatures.wrong()],
    flush: () => waiting.isEmpty(),
    close() {
      const left = waiting.close();
      for (const message of left) giveUp(message);
      if (left.length > 0) log.error({ left: left.length }, 'Redis did not take all before the stop');
      signatures.stop();
      redis.disconnect();
    },
  };
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
    for (const [index, { service, settle }] of batch.entries()) {
      const fate = added[index] ? 'queued' : 'duplicate';
      outcomes.count(fate, service);
      settle?.(fate);
    }
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
