// The job `publish-event`: an event of Hubs itself goes to hubs:bus, so that feeds show it, and is promised to the
// outside bus in a job of its own that may fail alone. One named queue each keeps the order.
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { type Message, messageSchema } from '../../bus/message.ts';
import { openOutsideBus } from '../../bus/outside/open-outside-bus.ts';
import { openQueue } from '../../bus/queue-messages.ts';
import { connectRedis } from '../../bus/streams.ts';
import { readTopic } from '../../bus/topic.ts';
import type { Context } from '../../runtime/process.ts';

const payloadSchema = z.object({
  topic: z.string(),
  body: z.record(z.string(), z.unknown()),
  outside: z.boolean(),
  at: z.number(),
});

/** How often a full hubs:bus is asked again. */
const FULL_MS = 1_000;

type Payload = z.output<typeof payloadSchema>;

/** Marks what is not for outside, so that no public feed shows it either (activity/keys.ts). */
const bodyOf = ({ body, outside }: Payload) => (outside ? body : { ...body, private: true });

/** The same event has the same id however often its job runs: hubs:bus and its readers take it once. */
function toMessage(jobId: string, payload: Payload, prefix: string): Message {
  const { topic, at } = payload;
  const body = bodyOf(payload);
  const full = `${prefix}.${topic}`;
  const { environment, category } = readTopic(full);
  const hash = createHash('sha256')
    .update(JSON.stringify([jobId, at, topic, body]))
    .digest('hex');
  // In the form of a UUID of version 4, as all ids on that bus.
  const id = hash.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
  return { id, topic: full, environment, category, time: at, severity: 'info', body };
}

export interface PublishTasks {
  tasks: { 'publish-event': Task; 'publish-outside': Task };
  close(): Promise<void>;
}

export function makePublishTasks({ settings, log }: Context): PublishTasks {
  const redis = connectRedis(settings.REDIS_URL);
  const queue = openQueue(redis);
  const outsideBus = openOutsideBus(settings, log);
  return {
    tasks: {
      'publish-event': async (given, helpers) => {
        const payload = payloadSchema.parse(given);
        const message = toMessage(helpers.job.id, payload, settings.PUBLISH_TOPIC_PREFIX);
        const item = { id: message.id, text: JSON.stringify(message) };
        // Redis away or hubs:bus full: waiting here holds the named queue, and so the order.
        while ((await queue([item])) === null)
          await wait(FULL_MS, undefined, { signal: helpers.abortSignal });
        if (!payload.outside || !outsideBus) return;
        await helpers.addJob('publish-outside', message, { queueName: 'events-outside', jobKey: message.id });
      },
      'publish-outside': async (given) => {
        await outsideBus?.publish(messageSchema.parse(given));
      },
    },
    async close() {
      redis.disconnect();
      await outsideBus?.close();
    },
  };
}
