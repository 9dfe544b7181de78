// A consumer as a process of its own, for tests that kill it. Items are words: `poison` ends the process without a word,
// `hangs once` keeps the first one who tries for ever; what is done is written down in the list `done`.
import { connectRedis } from '../bus/streams.ts';
import { startConsumer } from '../jobs/consumer.ts';
import { runProcess } from '../runtime/process.ts';

await runProcess('worker', async (context) => {
  const redis = connectRedis(context.settings.REDIS_URL);
  const consumer = await startConsumer(context, {
    ...{ stream: 'test:items', group: 'g', batch: 10 },
    async handle(items) {
      for (const { fields } of items) {
        const word: string = JSON.parse(fields[fields.indexOf('d') + 1] ?? '');
        if (word === 'poison') process.kill(process.pid, 'SIGKILL');
        if (word === 'hangs once' && (await redis.incr('tries')) === 1) await new Promise(() => undefined);
        await redis.rpush('done', word);
      }
    },
  });
  return {
    ...consumer,
    async stop() {
      await consumer.stop();
      redis.disconnect();
    },
  };
});
