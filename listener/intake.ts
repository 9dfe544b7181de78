// The way of every message from its source to hubs:bus: signature, room to wait in, Redis, and what became of it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Gauge } from 'prom-client';
import { openQueue, WAITING_LIMIT } from '../bus/queue-messages.ts';
import { connectRedis } from '../bus/streams.ts';
import { readTopic } from '../bus/topic.ts';
import type { Context } from '../runtime/process.ts';
import { type Counted, countedAs, countOutcomes, type Outcomes } from './outcomes.ts';
import { openSignatureCheck } from './signature-check.ts';
import type { Take } from './sources/source.ts';
import { type WaitingMessage, WaitingMessages } from './waiting.ts';

/** A batch is what waits when the one before is done, at most this much. */
const BATCH_MESSAGES = 200;
const BATCH_CHARACTERS = 4_000_000;
const RETRY_MS = 500;

export interface Intake {
  take: Take;
  /** How many messages were given room to wait in, and how many of these Redis has. In one order: what it has came first. */
  progress(): { taken: number; queued: number };
  /**
   * Milliseconds since 1970 until when a message that nobody brings again had no room: more may have been dropped before
   * they came here. Infinity while one has none.
   */
  heldBackUntilMs(): number;
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
  new Gauge({
    name: 'hubs_listener_waiting_messages',
    help: 'Messages in memory that Redis does not have yet.',
    registers: [metrics],
    collect() {
      this.set(waiting.count);
    },
  });
  const queueing = queueWaiting(redis, waiting, outcomes, context);
  let withoutRoom = 0;
  let heldBackUntilMs = Number.NEGATIVE_INFINITY;

  function giveUp(what: Counted, settle: WaitingMessage['settle']): void {
    outcomes.decided(settle ? 'returned' : 'lost', what);
    settle?.('left');
  }

  async function wait(message: WaitingMessage): Promise<void> {
    const isHeldBack = !message.settle && waiting.isFull;
    if (isHeldBack) withoutRoom += 1;
    const hasRoom = await waiting.add(message);
    if (isHeldBack) {
      withoutRoom -= 1;
      heldBackUntilMs = Date.now();
    }
    if (!hasRoom) giveUp(message.counted, message.settle);
  }

  return {
    async take({ topic, result, settle }) {
      const sentMs = 'message' in result ? result.message.time : undefined;
      const counted = countedAs(readTopic(topic).category, sentMs);
      outcomes.received(counted);
      const checked = 'dropped' in result ? result : await signatures.check(result);
      if (checked === null) return giveUp(counted, settle);
      if ('dropped' in checked) {
        if ('message' in result)
          log.debug({ message: result.message.id, reason: checked.dropped }, 'dropped');
        outcomes.dropped(checked.dropped, counted, checked.sentence);
        return settle?.('refused');
      }
      const text = isJunk(topic, settings.BUS_JUNK) ? '' : JSON.stringify(checked.message);
      await wait({ id: checked.message.id, counted, text, settle });
    },
    progress: () => ({ taken: waiting.added, queued: waiting.dropped }),
    heldBackUntilMs: () => (withoutRoom > 0 ? Number.POSITIVE_INFINITY : heldBackUntilMs),
    wrong: () => [...queueing.wrong(), ...signatures.wrong()],
    flush: queueing.flush,
    close() {
      const left = waiting.close();
      for (const message of left) giveUp(message.counted, message.settle);
      if (left.length > 0) log.error({ left: left.length }, 'Redis did not take all before the stop');
      signatures.stop();
      queueing.stop();
      redis.disconnect();
    },
  };
}

/** `buildsys.tag` is all that has these words after the environment. */
function isJunk(topic: string, junk: string[]): boolean {
  const { kind } = readTopic(topic);
  return junk.some((words) => kind === words || kind.startsWith(`${words}.`));
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

  /** With what else was counted. */
  async function send(batch: WaitingMessage[]) {
    const counts = outcomes.take();
    if (batch.length === 0 && counts.size === 0) return [];
    const messages = batch.map(({ id, text, counted: { place } }) => ({ id, text, place }));
    try {
      const fates = await queue(messages, counts);
      if (fates) return fates;
      throw new Error(`${WAITING_LIMIT} messages wait for triage; start more \`hubs run triage\``);
    } catch (error) {
      outcomes.giveBack(counts);
      throw error;
    }
  }

  async function queueBatch(): Promise<boolean> {
    const batch = await waiting.oldest(BATCH_MESSAGES, BATCH_CHARACTERS);
    if (batch.length === 0) return false;
    const fates = await send(batch);
    waiting.drop(batch.length);
    for (const [index, { id, counted, settle }] of batch.entries()) {
      const fate = fates[index] ?? 'queued';
      log.debug({ message: id, outcome: fate }, 'from the bus');
      outcomes.answered(fate, counted);
      settle?.(fate === 'queued' ? 'queued' : 'duplicate');
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

  const sendCounts = async () => {
    await send([]).catch(() => undefined); // they were given back, and go with what comes next
  };
  let isSending = false;
  const timer = setInterval(async () => {
    if (isSending) return;
    isSending = true;
    await sendCounts();
    isSending = false;
  }, settings.BEAT_MS);

  // Not awaited by the stop: ioredis settles no command when it is disconnected in the middle of a reconnect.
  void queueAll();
  return {
    async flush() {
      await waiting.isEmpty();
      await sendCounts();
    },
    stop: () => clearInterval(timer),
    wrong: () => {
      const held = `${waiting.count} messages wait in memory, at most ${settings.BUS_HIGH_WATER_MARK}`;
      if (redis.status !== 'ready') return [`Redis can't be reached (REDIS_URL); ${held}.`];
      return refusal ? [`Redis does not take messages: ${refusal}; ${held}.`] : [];
    },
  };
}
