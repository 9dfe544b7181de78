// A member of a consumer group: reads batches, acknowledges after the effect, takes over from the silent, puts aside
// what can never succeed. At least once; effects are idempotent.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChainableCommander, Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { connectRedis, streams, UnreadableItem } from '../bus/streams.ts';
import type { Context, Running } from '../runtime/process.ts';
import { beatKey, startBeat } from './beat.ts';
import { isStoreAway } from './store-away.ts';

export interface Item {
  id: string;
  fields: string[];
  /** Whether somebody held it before: its effect may have happened already. */
  again: boolean;
}

interface Delivery extends Item {
  deliveries: number;
}

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
/** What is under way at a stop may take that long; then a peer takes it over. */
const FINISH_MS = 5_000;
/** Tries of an item that fails alone, though every store is there. */
const TRIES = 3;
/** An item whose holder died that often is run alone once more; then it goes to `hubs:dead`. */
const DEATHS = 3;

const outcomes = ['done', 'failed', 'dead', 'taken over'] as const;

function countItems(context: Context, group: string) {
  const name = 'hubs_items_total';
  const help = 'Stream items by consumer group and outcome';
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
  let stopping = false;
  let away: string | null = null;

  const beat = await startBeat({ redis, group, consumer: name, log }, settings, () => {
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
  async function whenStoresAreThere(work: () => Promise<void>): Promise<void> {
    for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
      try {
        await work();
        away = null;
        return;
      } catch (error) {
        if (stopping || !isStoreAway(error)) throw error;
        if (away === null) log.warn({ err: error }, 'a store is away; waiting for it');
        away = (error as Error).message;
        await makeGroup(redis).catch(() => undefined); // the next try tells whether it is still away
        await wait(pause);
      }
    }
  }

  async function bury(item: Delivery, reason: string): Promise<void> {
    log.error({ item: item.id, reason }, 'put aside into hubs:dead');
    await redis
      .multi()
      .xadd(
        streams.dead,
        '*',
        'stream',
        stream,
        'group',
        group,
        'id',
        item.id,
        'reason',
        reason,
        ...item.fields,
      )
      .xack(stream, group, item.id)
      .xdel(stream, item.id)
      .exec();
    count('dead');
  }

  async function runAlone(item: Delivery): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await whenStoresAreThere(() => handle([item]));
      } catch (error) {
        if (stopping && isStoreAway(error)) return; // a peer takes it over
        if (error instanceof UnreadableItem && error.newer) return; // left for a newer process
        count('failed');
        log.warn({ err: error, item: item.id, attempt }, 'an item failed');
        if (error instanceof UnreadableItem || attempt >= TRIES) {
          return whenStoresAreThere(() => bury(item, (error as Error).message));
        }
      }
    }
  }

  async function runBatch(items: Delivery[]): Promise<void> {
    const suspects = items.filter((item) => item.deliveries > DEATHS);
    const rest = items.filter((item) => item.deliveries <= DEATHS);
    if (rest.length > 0) {
      try {
        await whenStoresAreThere(() => handle(rest));
      } catch (error) {
        if (stopping && isStoreAway(error)) return;
        // One of them is bad: alone, the others get through.
        for (const item of rest) await runAlone(item);
      }
    }
    for (const item of suspects) {
      if (item.deliveries > DEATHS + 1) await whenStoresAreThere(() => bury(item, 'kills its worker'));
      else await runAlone(item);
    }
  }

  async function readOn(): Promise<void> {
    await whenStoresAreThere(() => makeGroup(reader).then(() => undefined));
    while (!stopping) {
      try {
        await whenStoresAreThere(async () => {
          const answer = await reader.xreadgroup(
            'GROUP',
            group,
            name,
            'COUNT',
            consumer.batch,
            'BLOCK',
            BLOCK_MS,
            'STREAMS',
            stream,
            '>',
          );
          const items = (answer as [string, [string, string[]][]][] | null)?.[0]?.[1] ?? [];
          if (items.length > 0)
            await runBatch(items.map(([id, fields]) => ({ id, fields, again: false, deliveries: 1 })));
        });
      } catch (error) {
        if (!stopping) log.error({ err: error }, 'reading failed');
      }
    }
  }

  /** Takes what a consumer without a beat still holds, a batch at a time. */
  async function takeOverFrom(silent: string): Promise<void> {
    for (;;) {
      const pending = (await redis.xpending(stream, group, '-', '+', consumer.batch, silent)) as [
        string,
        string,
        number,
        number,
      ][];
      if (pending.length === 0) break;
      const deliveries = new Map(pending.map(([id, , , times]) => [id, times + 1]));
      const claimed = (await redis.xclaim(stream, group, name, 0, ...deliveries.keys())) as (
        | [string, string[]]
        | null
      )[];
      const items = claimed.flatMap((item) =>
        item ? [{ id: item[0], fields: item[1], again: true, deliveries: deliveries.get(item[0]) ?? 1 }] : [],
      );
      if (items.length === 0) break; // deleted meanwhile; Redis drops such ids from the pending list by itself
      log.info({ silent, items: items.length }, 'takes over');
      count('taken over', items.length);
      await runBatch(items);
      if (stopping) return;
    }
    await redis.xgroup('DELCONSUMER', stream, group, silent);
  }

  async function takeOver(): Promise<void> {
    const consumers = (await redis.xinfo('CONSUMERS', stream, group)) as (string | number)[][];
    for (const fields of consumers) {
      const other = String(fields[fields.indexOf('name') + 1]);
      if (other === name || stopping) continue;
      if ((await redis.exists(beatKey(group, other))) === 0) await takeOverFrom(other);
    }
  }

  async function watchOthers(signal: AbortSignal): Promise<void> {
    while (!stopping) {
      await wait(settings.BEAT_MS / 2, undefined, { signal }).catch(() => undefined); // woken by the stop
      if (!stopping)
        await takeOver().catch(
          (error) => isStoreAway(error) || log.error({ err: error }, 'taking over failed'),
        );
    }
  }

  const stopped = new AbortController();
  const loops = [readOn(), watchOthers(stopped.signal)];

  return {
    async stop() {
      stopping = true;
      stopped.abort();
      reader.disconnect(); // ends the wait for something new; what is under way does not use it
      // Where Redis is away, commands wait for it without an end: what is under way is left to a peer.
      const ended = Promise.all(loops).then(() => beat.stop());
      await Promise.race([ended, wait(FINISH_MS, undefined, { ref: false })]);
      beat.end();
      redis.disconnect();
    },
    async wrong() {
      if (reader.status !== 'ready')
        return [`Redis does not answer (REDIS_URL, ${where}); start it, ${group} goes on by itself.`];
      return away === null ? [] : [`${group} waits for a store that is away: ${away}`];
    },
  };
}
