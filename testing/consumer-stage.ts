// Streams for consumers, on a Redis of the file's own: what is put into them, and what becomes of it.
import type { ChainableCommander } from 'ioredis';
import { connectRedis, streams, toFields } from '../bus/streams.ts';
import { type Item, startConsumer } from '../jobs/consumer.ts';
import type { Running } from '../runtime/process.ts';
import { startTestRedis, testContext } from './stores.ts';

type Handle = (items: Item[], then: ChainableCommander) => Promise<void>;

export const wordOf = (item: Item): string => JSON.parse(item.fields[item.fields.indexOf('d') + 1] ?? '');

export async function openConsumerStage() {
  const server = await startTestRedis();
  const redis = connectRedis(server.url);
  const running: Running[] = [];
  let streamNumber = 0;
  const isEmpty = async (stream: string) => (await redis.xlen(stream)) === 0;

  return {
    ...{ server, redis, isEmpty },
    newStream: () => `test:${++streamNumber}`,
    /** A consumer of the stream; its group is `g`. */
    async start(
      stream: string,
      handle: Handle,
      overrides: Parameters<typeof testContext>[0]['overrides'] = {},
    ) {
      const context = testContext({
        databaseUrl: 'postgresql://unused/hubs',
        redisUrl: server.url,
        overrides,
      });
      const consumer = await startConsumer(context, { stream, group: 'g', batch: 10, handle });
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= consumer.stop();
        return stopping;
      };
      running.push({ ...consumer, stop });
      return { ...consumer, stop };
    },
    async fill(stream: string, words: string[]) {
      for (const word of words) await redis.xadd(stream, '*', ...toFields(word));
    },
    /** Why items of the stream were put aside. */
    async deadReasons(stream: string) {
      const dead = (await redis.xrange(streams.dead, '-', '+')).map(([, fields]) => fields);
      const ofStream = dead.filter((fields) => fields[1] === stream);
      return ofStream.map((fields) => fields[fields.indexOf('reason') + 1]);
    },
    /** Leaves items with a consumer that never beats: what a killed process leaves behind. */
    async holdAsDead(stream: string, deaths: number) {
      await redis.xgroup('CREATE', stream, 'g', '0', 'MKSTREAM');
      await redis.xreadgroup('GROUP', 'g', 'dead-1', 'COUNT', 100, 'STREAMS', stream, '>');
      const ids = (await redis.xrange(stream, '-', '+')).map(([id]) => id);
      for (let death = 2; death <= deaths; death += 1)
        await redis.xclaim(stream, 'g', `dead-${death}`, 0, ...ids);
    },
    /** All that run. */
    stopConsumers: () => Promise.all(running.splice(0).map((consumer) => consumer.stop())),
    async close() {
      redis.disconnect();
      await server.stop();
    },
  };
}
