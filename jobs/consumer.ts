// A member of a consumer group: reads batches, acknowledges after the effect, takes over from the silent, puts aside
// what can never succeed. At least once; effects are idempotent.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChainableCommander, Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { connectRedis, isNewer, UnreadableItem } from '../bus/streams.ts';
import type { Context, Running } from '../runtime/process.ts';
import { beatKey, startBeat } from './beat.ts';
import { buryItem } from './dead-items.ts';
import { judgeSilence } from './silence.ts';
import { isStoreAway, whenStoresAreThere } from './store-away.ts';
import { DEATHS, type Delivery, HANDED_BACK, type Item, openTakeOver } from './take-over.ts';

export type { Item };

export interface Consumer {
  stream: string;
  group: string;
  /** Items of one batch at most. */
  batch: number;
  /**
   * Makes the effect of a batch. What it adds to `acknowledgement` happens in one step with the acknowledgement.
   * @throws {UnreadableItem} for an item that it can't read; it gets such items alone
   */
  handle(items: Item[], acknowledgement: ChainableCommander): Promise<void>;
}

/** How long one read waits for something new. */
const BLOCK_MS = 1_000;
/** What is under way at a stop may take that long; then it is handed back as it is. */
const FINISH_MS = 5_000;
const HAND_BACK_MS = 1_000;
/** How often one looks after the others. */
const LOOKS_PER_BEAT = 4;
/** Tries of an item that fails alone, though every store is there. */
const TRIES = 3;

const outcomes = ['done', 'failed', 'dead', 'taken over'] as const;

function countItems(context: Context, group: string) {
  const name = 'hubs_items_total';
  const help = 'Stream items by consumer group and outcome.';
  const existing = context.metrics.getSingleMetric(name) as Counter<'group' | 'outcome'> | undefined;
  const counter =
    existing ?? new Counter({ name, help, labelNames: ['group', 'outcome'], registers: [context.metrics] });
  for (const outcome of outcomes) counter.inc({ group, outcome }, 0);
  return (outcome: (typeof outcomes)[number], count = 1) => counter.inc({ group, outcome }, count);
}

export async function startConsumer(context: Context, consumer: Consumer): Promise<Running> {
  const { settings } = context;
  const { stream, group } = consumer;
  const name = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const log = context.log.child({ group });
  const count = countItems(context, group);
  const redis = connectRedis(settings.REDIS_URL);
  const reader = connectRedis(settings.REDIS_URL);
  const { host, searchParams } = new URL(settings.REDIS_URL);
  const where = searchParams.get('path') ?? host;
  const takeOver = openTakeOver(redis, { stream, group }, name);
  const judge = judgeSilence(settings);
  let stopping = false;
  let away: string | null = null;

  const beat = startBeat({ redis, key: beatKey(group, name), judge }, settings, () => {
    log.fatal(`was silent for ${settings.SILENCE_MS} ms; peers have taken over, so this process ends`);
    process.exit(1);
  });

  const makeGroup = (connection: Redis) =>
    connection.xgroup('CREATE', stream, group, '0', 'MKSTREAM').catch((error: Error) => {
      if (!error.message.startsWith('BUSYGROUP')) throw error;
    });

  /** The effect, then in one step what follows from it and the acknowledgement. */
  async function handle(items: Delivery[]): Promise<void> {
    const acknowledgement = redis.multi();
    await consumer.handle(items, acknowledgement);
    const ids = items.map((item) => item.id);
    const results = await acknowledgement
      .xack(stream, group, ...ids)
      .xdel(stream, ...ids)
      .exec();
    const failed = results?.find(([error]) => error);
    if (failed?.[0]) throw failed[0];
    count('done', items.length);
  }

  /** Runs work until it is done or fails for another reason than a store that is away. */
  async function patiently(work: () => Promise<void>): Promise<void> {
    await whenStoresAreThere(work, async (error) => {
      if (stopping) throw error;
      if (away === null) log.warn({ err: error }, 'a store is away; waiting for it');
      away = (error as Error).message;
      await makeGroup(redis).catch(() => undefined); // the next try tells whether it is still away
    });
    away = null;
  }

  async function bury({ id, fields }: Delivery, reason: string): Promise<void> {
    await patiently(() => buryItem(redis, { stream, group, item: id, reason, fields }));
    log.error({ item: id, reason }, 'put aside into hubs:dead');
    count('dead');
  }

  async function runAlone(item: Delivery): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await patiently(() => handle([item]));
      } catch (error) {
        if (stopping && isStoreAway(error)) return; // handed back
        count('failed');
        log.warn({ err: error, item: item.id, attempt }, 'an item failed');
        if (error instanceof UnreadableItem || attempt >= TRIES) return bury(item, (error as Error).message);
      }
    }
  }

  async function runBatch(all: Delivery[]): Promise<void> {
    const items = all.filter((item) => !isNewer(item.fields)); // left for a newer process, when this one stops
    const [first] = items;
    if (!first) return;
    if (first.deliveries > DEATHS + 1) return bury(first, 'kills its worker');
    if (first.deliveries > DEATHS) return runAlone(first);
    try {
      await patiently(() => handle(items));
    } catch (error) {
      if (stopping && isStoreAway(error)) return;
      // One of them is bad: alone, the others get through.
      for (const item of items) await runAlone(item);
    }
  }

  async function readBatch(): Promise<void> {
    const next = ['GROUP', group, name, 'COUNT', consumer.batch, 'BLOCK', BLOCK_MS] as const;
    const answer = await reader.xreadgroup(...next, 'STREAMS', stream, '>');
    const items = (answer as [string, [string, string[]][]][] | null)?.[0]?.[1] ?? [];
    if (items.length > 0)
      await runBatch(items.map(([id, fields]) => ({ id, fields, again: false, deliveries: 1 })));
  }

  async function readOn(): Promise<void> {
    await patiently(() => makeGroup(reader).then(() => undefined));
    while (!stopping) {
      try {
        await patiently(readBatch);
      } catch (error) {
        if (!stopping) log.error({ err: error }, 'reading failed');
      }
    }
  }

  /** Takes what another one left, a batch at a time. */
  async function takeOverFrom(silent: string): Promise<void> {
    while (!stopping) {
      const items = await takeOver.claim(silent, consumer.batch);
      if (items.length === 0) return;
      log.info({ silent, items: items.length }, 'takes over');
      count('taken over', items.length);
      await runBatch(items);
    }
  }

  async function lookAround(): Promise<void> {
    const silent = await takeOver.findSilent();
    const dead = judge.dead(silent.filter((other) => other !== HANDED_BACK));
    for (const other of silent) if (other === HANDED_BACK || dead.includes(other)) await takeOverFrom(other);
  }

  async function watchOthers(signal: AbortSignal): Promise<void> {
    while (!stopping) {
      await lookAround().catch(
        (error) => isStoreAway(error) || log.error({ err: error }, 'taking over failed'),
      );
      await wait(settings.BEAT_MS / LOOKS_PER_BEAT, undefined, { signal }).catch(() => undefined); // woken by the stop
    }
  }

  const stopped = new AbortController();
  const loops = [readOn(), watchOthers(stopped.signal)];

  return {
    async stop() {
      stopping = true;
      stopped.abort();
      reader.disconnect(); // ends the wait for something new; what is under way does not use it
      await Promise.race([Promise.all(loops), wait(FINISH_MS, undefined, { ref: false })]);
      beat.stop();
      // Where Redis is away, commands wait for it without an end: the silence tells the peers, then.
      const handedBack = takeOver
        .handBack()
        .catch((error) => log.warn({ err: error }, 'nothing was handed back'));
      await Promise.race([handedBack, wait(HAND_BACK_MS, undefined, { ref: false })]);
      redis.disconnect();
    },
    async wrong() {
      if (reader.status !== 'ready')
        return [`Redis does not answer (REDIS_URL, ${where}); start it, ${group} goes on by itself.`];
      return away === null ? [] : [`${group} waits for a store that is away: ${away}`];
    },
  };
}
