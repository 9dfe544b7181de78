// The server of event streams over a Redis of its own, for hubs that some may see and others not.
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { epochKey, type Notice, streams, toFields } from '../bus/streams.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Context } from '../runtime/process.ts';
import type { Settings } from '../settings/settings.ts';
import { startSse } from '../sse/server.ts';
import { openStream, type TestStream } from './event-stream.ts';
import { startTestRedis, testContext } from './stores.ts';
import { until } from './until.ts';

/** @returns their ids */
export async function makeHubs(databaseUrl: string) {
  const pool = openPool(databaseUrl);
  const database = openDatabase(pool);
  const make = async (
    type: 'user' | 'team' | 'stream',
    name: string,
    visibility: 'public' | 'preview' | 'private',
  ): Promise<number> =>
    (await database.hub.create({ data: { type, name, visibility, groupName: `${type}-${name}` } })).id;
  const hubs = {
    open: await make('team', 'open', 'public'),
    other: await make('user', 'other', 'public'),
    preview: await make('team', 'preview', 'preview'),
    hidden: await make('team', 'hidden', 'private'),
    stream: await make('stream', 'other', 'private'),
  };
  await pool.end();
  return hubs;
}

export type SseStage = Awaited<ReturnType<typeof openSseStage>>;

export async function openSseStage(databaseUrl: string) {
  const server = await startTestRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const closers: (() => unknown)[] = [() => server.stop(), () => redis.disconnect()];

  return {
    ...{ server, redis },
    async start(overrides: Partial<Settings> = {}, clientsLimit?: number) {
      const context = testContext({ databaseUrl, redisUrl: server.url, overrides });
      const running = await startSse(context, clientsLimit);
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= running.stop();
        return stopping;
      };
      closers.push(stop);
      return {
        ...running,
        stop,
        context,
        url: (query: string) => `http://127.0.0.1:${running.port}/sse?${query}`,
      };
    },
    /** A stream that is open, its first bytes read. */
    async listenTo(sse: Sse, ...ids: number[]): Promise<TestStream> {
      const stream = await openStream(sse.url(ids.map((id) => `hub=${id}`).join('&')));
      closers.push(() => stream.destroy());
      expect(stream.status).toBe(200);
      await until(() => stream.text().includes('\n\n'));
      return stream;
    },
    notify: (notice: Notice) => redis.xadd(streams.notices, '*', ...toFields(notice)),
    /** The epoch of events: Redis' own, and its run. */
    async readEpoch(): Promise<string> {
      const [, run] = /^run_id:(\w{8})/m.exec(await redis.info('server')) ?? [];
      return `${await redis.get(epochKey)}-${run}`;
    },
    /** Before it closes itself. */
    onClose: (closer: () => unknown) => void closers.push(closer),
    async close() {
      for (const closer of closers.reverse()) await closer();
    },
  };
}

interface Sse {
  context: Context;
  url(query: string): string;
}

export const entry = (hub: number): Notice => ({ hub, what: 'entry', audience: 'public' });
export const notices = (stream: TestStream) => stream.events().filter(({ event }) => event === 'notice');

export async function gauge({ context }: Sse, name: string): Promise<number | undefined> {
  return (await context.metrics.getSingleMetric(name)?.get())?.values[0]?.value;
}
/** It carries no stream, and knows of no hub any more. */
export const isForgotten = async (sse: Sse) =>
  (await gauge(sse, 'hubs_sse_connections')) === 0 && (await gauge(sse, 'hubs_sse_hubs')) === 0;
