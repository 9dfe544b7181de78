// Triage and worker together, on real stores, with a stand-in for the one outside service: a forum.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import type { Message } from '../bus/message.ts';
import {
  connectRedis,
  fromFields,
  type Notice,
  noticeSchema,
  streams,
  toFields,
  tracedNoticeSchema,
} from '../bus/streams.ts';
import { openCache } from '../cache/open-cache.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { startTriage } from '../jobs/triage.ts';
import { startWorker } from '../jobs/worker.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Running } from '../runtime/process.ts';
import { noteLooks } from '../widgets/ask-for-loads.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { readValues } from '../widgets/values.ts';
import { createDatabase, startTestRedis, testContext } from './stores.ts';

let messageNumber = 0;
export const message = (given: Partial<Message>): Message => {
  messageNumber += 1;
  return {
    id: `message-${messageNumber}`,
    topic: 'org.example.dev.bodhi.update.comment',
    environment: 'dev',
    category: 'bodhi',
    time: 1_700_000_000_000 + messageNumber,
    severity: 'info',
    body: {},
    ...given,
  };
};

/** A git push, as dist-git says it. */
export const push = (agent: string, name: string) =>
  message({
    topic: 'org.fedoraproject.dev.git.receive',
    category: 'git',
    body: {
      commit: {
        username: agent,
        agent,
        repo: name,
        namespace: 'rpms',
        branch: 'main',
        rev: 'abc',
        summary: 'Mend it',
      },
    },
  });

/** Somebody posted at the forum. */
export const post = (tag: string) =>
  message({
    topic: 'org.fedoraproject.dev.discourse.post.post_created',
    category: 'discourse',
    body: {
      webhook_headers: { 'X-Discourse-Event': 'post_created' },
      webhook_body: {
        post: {
          id: 1,
          username: 'mira',
          topic_id: 1,
          topic_slug: 'first',
          topic_title: 'First topic',
          post_number: 2,
          topic_tags: [tag],
          tags: [tag],
        },
      },
    },
  });

/** It counts how often it was asked since it was told what to answer. */
async function openForum() {
  const forum = {
    ...{ status: 200, title: 'First topic', asked: 0 },
    answer: (status: number, title: string) => void Object.assign(forum, { status, title, asked: 0 }),
    url: '',
    close: () => void server.close(),
  };
  const server = createServer((_request, response) => {
    forum.asked += 1;
    response.writeHead(forum.status, { 'content-type': 'application/json' });
    const topic = {
      id: 1,
      title: forum.title,
      slug: 'first',
      posts_count: 2,
      views: 3,
      created_at: '2026-01-01T00:00:00Z',
    };
    response.end(JSON.stringify({ users: [], topic_list: { topics: [topic] } }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  forum.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return forum;
}

/** Each has stores of its own. Nothing runs before `start`. */
export async function openPipelineStage() {
  const [databaseUrl, redisServer, forum] = await Promise.all([
    createDatabase(),
    startTestRedis(),
    openForum(),
  ]);
  const redis = connectRedis(redisServer.url);
  const pool = openPool(databaseUrl);
  const database = openDatabase(pool);
  const context = testContext({
    databaseUrl,
    redisUrl: redisServer.url,
    overrides: { DISCOURSE_URL: forum.url },
  });
  const feeds = openFeeds(context.settings, pool);
  const cache = openCache(context.settings);
  let parts: Running[] = [];
  const stop = async () => {
    await Promise.all(parts.splice(0).map((part) => part.stop()));
  };

  async function lookAt(hubId: number): Promise<void> {
    const shown = await database.widget.findMany({ where: { hubId } });
    await noteLooks(
      pool,
      shown.flatMap(({ valueKey }) => valueKey ?? []),
    );
  }

  return {
    ...{ redis, pool, database, feeds, forum, stop, lookAt },
    async start() {
      const process = { ...context, metrics: new Registry() };
      parts = [await startTriage(process), await startWorker(process)];
    },
    publish: (...messages: Message[]) =>
      Promise.all(messages.map((one) => redis.xadd(streams.bus, '*', ...toFields(one)))),
    /** Nothing waits, neither for triage nor for the worker. */
    isDone: async () => (await redis.xlen(streams.bus)) + (await redis.xlen(streams.work)) === 0,
    /** A team whose page somebody looks at. */
    async makeTeam(name: string, data: object, widgets: { kind: string; settings?: object }[] = []) {
      const made = await database.$transaction(async (tx) => {
        const hub = await tx.hub.create({ data: { type: 'team', name, groupName: name, ...data } });
        for (const [place, widget] of widgets.entries()) {
          await tx.widget.create({
            data: { hubId: hub.id, column: 'right', place, settings: {}, ...widget },
          });
        }
        await refreshInterests(tx, hub.id);
        return hub;
      });
      await lookAt(made.id);
      return made;
    },
    entryIds: async (hub: number) => (await feeds.read(hub)).map((entry) => entry.messageId),
    /** Without those of changes made in Hubs itself, such as the team's making. */
    noticesFor: async (hub: number): Promise<Notice[]> =>
      (await redis.xrange(streams.notices, '-', '+'))
        .filter(([, fields]) => fromFields(tracedNoticeSchema, fields).change === undefined)
        .map(([, fields]) => fromFields(noticeSchema, fields))
        .filter((notice) => notice.hub === hub),
    /** What was loaded for the hub's discussions. */
    async loadedOf(hubId: number) {
      const widget = await database.widget.findFirstOrThrow({ where: { hubId, kind: 'discussion' } });
      const [loaded] = await readValues(cache, [widget.valueKey ?? '']);
      return loaded ?? null;
    },
    async close() {
      await stop();
      await feeds.close();
      await pool.end();
      redis.disconnect();
      await redisServer.stop();
      forum.close();
    },
  };
}
