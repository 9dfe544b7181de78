// Triage and worker together, on real stores, with a stand-in for the one outside service.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { Running } from '../runtime/process.ts';
import { createDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { noteLooks } from '../widgets/ask-for-loads.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { readValues } from '../widgets/values.ts';
import { startTriage } from './triage.ts';
import { startWorker } from './worker.ts';

const databaseUrl = await createDatabase();
const redisServer = await startTestRedis();
const redis = connectRedis(redisServer.url);
const pool = openPool(databaseUrl);
const database = openDatabase(pool);

/** What the stand-in forum answers now; it counts how often it was asked. */
let forum = { status: 200, title: 'First topic', asked: 0 };
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
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

const context = testContext({
  databaseUrl,
  redisUrl: redisServer.url,
  overrides: { DISCOURSE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
});
const feeds = openFeeds(context.settings, pool);
const cache = openCache(context.settings);
let parts: Running[] = [];

const start = async () => {
  const process = { ...context, metrics: new Registry() };
  parts = [await startTriage(process), await startWorker(process)];
};
const stop = async () => {
  await Promise.all(parts.splice(0).map((part) => part.stop()));
};

beforeAll(start);
afterAll(async () => {
  await stop();
  await feeds.close();
  await pool.end();
  redis.disconnect();
  await redisServer.stop();
  server.close();
});

let messageNumber = 0;
const message = (given: Partial<Message>): Message => {
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
const publish = (...messages: Message[]) =>
  Promise.all(messages.map((one) => redis.xadd(streams.bus, '*', ...toFields(one))));

/** A team whose page somebody looks at. */
async function makeTeam(name: string, data: object, widgets: { kind: string; settings?: object }[] = []) {
  const made = await database.$transaction(async (tx) => {
    const hub = await tx.hub.create({ data: { type: 'team', name, groupName: name, ...data } });
    for (const [place, widget] of widgets.entries()) {
      await tx.widget.create({ data: { hubId: hub.id, column: 'right', place, settings: {}, ...widget } });
    }
    await refreshInterests(tx, hub.id);
    return hub;
  });
  await lookAt(made.id);
  return made;
}

async function lookAt(hubId: number): Promise<void> {
  const shown = await database.widget.findMany({ where: { hubId } });
  await noteLooks(
    pool,
    shown.flatMap(({ valueKey }) => valueKey ?? []),
  );
}

const entryIds = async (hub: number) => (await feeds.read(hub)).map((entry) => entry.messageId);
/** Without those of changes made in Hubs itself, such as the team's making. */
const noticesFor = async (hub: number): Promise<Notice[]> =>
  (await redis.xrange(streams.notices, '-', '+'))
    .filter(([, fields]) => fromFields(tracedNoticeSchema, fields).change === undefined)
    .map(([, fields]) => fromFields(noticeSchema, fields))
    .filter((notice) => notice.hub === hub);

/** A git push, as dist-git says it. */
const push = (agent: string, name: string) =>
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

test('a message about a package reaches the team that owns it, with the reason, and nobody else', async () => {
  const owner = await makeTeam('terminal', { packages: ['guake'] });
  const other = await makeTeam('others', { packages: ['gimp'] });
  const about = push('mira', 'guake');
  await publish(about);
  await until(async () => (await entryIds(owner.id)).includes(about.id));
  expect((await feeds.read(owner.id))[0]).toMatchObject({
    why: 'package:guake',
    agent: 'mira',
    kind: 'git.receive',
  });
  expect(await entryIds(other.id)).toEqual([]);
  // The notice goes out with the acknowledgement, after the entry.
  await until(async () => (await redis.xlen(streams.work)) === 0);
  expect(await noticesFor(owner.id)).toEqual([{ hub: owner.id, what: 'entry', audience: 'public' }]);
});

test('what members do stands in the feed of a team that owns nothing, from the commit on that makes them members', async () => {
  const team = await makeTeam('friends', {});
  const person = await database.person.create({ data: { username: 'Jonas' } });
  const before = push('jonas', 'gimp');
  await publish(before);
  await database.role.create({
    data: { hubId: team.id, personId: person.id, name: 'member', source: 'accounts' },
  });
  const after = push('jonas', 'gimp');
  await publish(after);
  await until(async () => (await entryIds(team.id)).includes(after.id));
  await database.hub.update({ where: { id: team.id }, data: { membersActivity: false } });
  const unwanted = push('jonas', 'gimp');
  const last = push('jonas', 'guake');
  await publish(unwanted, last);
  const terminal = await database.hub.findFirstOrThrow({ where: { name: 'terminal' } });
  await until(async () => (await entryIds(terminal.id)).includes(last.id));
  expect((await entryIds(team.id)).includes(unwanted.id)).toBe(false);
});

test('a change of what a team owns or shows is in force with its commit, not before, and never if it is undone', async () => {
  const team = await makeTeam('moving', {}, [{ kind: 'discussion', settings: { tag: 'before' } }]);
  forum = { status: 200, title: 'Moved', asked: 0 };
  const isDone = async () => (await redis.xlen(streams.bus)) + (await redis.xlen(streams.work)) === 0;
  const move = async (tx: Prisma.TransactionClient) => {
    await tx.hub.update({ where: { id: team.id }, data: { packages: ['moved'] } });
    await tx.widget.updateMany({ where: { hubId: team.id }, data: { settings: { tag: 'after' } } });
    await refreshInterests(tx, team.id);
    await publish(push('mira', 'moved'), post('after'));
    await until(isDone);
  };
  const inTime = { timeout: 20_000 };
  const undone = database.$transaction(async (tx) => {
    await move(tx);
    throw new Error('undone');
  }, inTime);
  await expect(undone).rejects.toThrow('undone');
  await publish(push('mira', 'moved'), post('after'));
  await until(isDone);
  expect(await entryIds(team.id)).toEqual([]);

  await database.$transaction(move, inTime);
  expect(await entryIds(team.id)).toEqual([]);
  expect(forum.asked).toBe(0);
  await lookAt(team.id);
  const late = push('mira', 'moved');
  await publish(late, post('after'), post('before'));
  await until(async () => (await loadedOf(team.id))?.value);
  await until(isDone);
  expect(await entryIds(team.id)).toEqual([late.id]);
  expect(forum.asked).toBe(1);
});

test('an issue reaches its author’s hub, the team of the project, and the streams of whom it assigns and mentions', async () => {
  const team = await makeTeam('tracked', { projects: ['garden/tracker'] });
  const makeOwn = (type: 'user' | 'stream', name: string) =>
    database.$transaction(async (tx) => {
      const person = await tx.person.upsert({
        where: { username: name },
        create: { username: name },
        update: {},
      });
      const roles = { create: { personId: person.id, name: 'owner', source: 'hubs' } } as const;
      const visibility = type === 'stream' ? 'private' : 'public';
      const hub = await tx.hub.create({ data: { type, name, visibility, roles } });
      await refreshInterests(tx, hub.id);
      return hub;
    });
  const author = await makeOwn('user', 'Amara');
  const [stream, assigned, mentioned] = [
    await makeOwn('stream', 'Amara'),
    await makeOwn('stream', 'bjarke'),
    await makeOwn('stream', 'Chioma'),
  ];
  const comment = (more: object = {}) =>
    message({
      topic: 'org.fedoraproject.prod.github.issues',
      category: 'github',
      body: {
        agent: 'amara',
        headers: { 'x-github-event': 'issues', 'x-hub-signature': 'sha1=secret' },
        body: {
          action: 'assigned',
          sender: { login: 'amara' },
          issue: {
            number: 7,
            title: 'Water',
            body: 'Please look, @chioma',
            user: { login: 'amara' },
            assignees: [{ login: 'bjarke' }],
          },
          repository: { full_name: 'garden/tracker', ...more },
        },
      },
    });
  const hidden = comment({ private: true });
  const open = comment();
  await publish(hidden, open);
  for (const hub of [author, team, assigned, mentioned])
    await until(async () => (await entryIds(hub.id)).includes(open.id));
  for (const hub of [author, team, assigned, mentioned]) {
    expect(await entryIds(hub.id)).toEqual([open.id]);
    expect(JSON.stringify(await feeds.read(hub.id))).not.toContain('sha1=secret');
  }
  expect(await entryIds(stream.id)).toEqual([]);
});

test('the same message twice is one entry and one notice, and counts once', async () => {
  const team = await makeTeam('once', { packages: ['once'] });
  const twice = push('mira', 'once');
  await publish(twice);
  await until(async () => (await entryIds(team.id)).length === 1);
  await publish(twice);
  const next = push('mira', 'once');
  await publish(next);
  await until(async () => (await entryIds(team.id)).includes(next.id));
  expect(await entryIds(team.id)).toEqual([next.id, twice.id]);
  // All of the work is acknowledged, so all of it is counted.
  await until(async () => (await redis.xlen(streams.work)) === 0);
  expect(
    await database.hubDay.findMany({ where: { hubId: team.id }, select: { kind: true, n: true } }),
  ).toEqual([{ kind: 'git.receive', n: 2 }]);
});

const loadedOf = async (hubId: number) => {
  const widget = await database.widget.findFirstOrThrow({ where: { hubId, kind: 'discussion' } });
  const [loaded] = await readValues(cache, [widget.valueKey ?? '']);
  return loaded ?? null;
};
const post = (tag: string) =>
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

test('a stale value is loaded once for all who show it, and each of their hubs hears of it', async () => {
  forum = { status: 200, title: 'Shared by two', asked: 0 };
  const hubs = [
    await makeTeam('art', { discourseTag: 'art' }, [{ kind: 'discussion' }]),
    await makeTeam('artists', { discourseTag: 'art' }, [{ kind: 'discussion' }]),
  ];
  await publish(post('art'));
  for (const hub of hubs) {
    await until(async () =>
      JSON.stringify((await loadedOf(hub.id))?.value?.data ?? '').includes('Shared by two'),
    );
    await until(async () => (await noticesFor(hub.id)).some((notice) => notice.what === 'value'));
  }
  expect(forum.asked).toBe(1);
});

test('a service that fails leaves the old value beside the reason, and one job that tries again', async () => {
  const hub = await database.hub.findFirstOrThrow({ where: { name: 'art' } });
  forum = { status: 503, title: '', asked: 0 };
  await publish(post('art'));
  await until(async () => (await loadedOf(hub.id))?.failure);
  const failed = await loadedOf(hub.id);
  expect(JSON.stringify(failed?.value?.data)).toContain('Shared by two');
  expect(failed?.failure?.retryAt).toBeGreaterThan(Date.now());
  // Further messages leave the waiting job alone: the pauses stay, and so does the end.
  const marker = push('mira', 'guake');
  await publish(post('art'), post('art'), marker);
  await until(async () => (await redis.xlen(streams.work)) === 0 && (await redis.xlen(streams.bus)) === 0);
  const jobs = await pool.query(
    `SELECT (payload ->> 'tries')::int AS tries FROM graphile_worker._private_jobs`,
  );
  expect(jobs.rows).toEqual([{ tries: 1 }]);
  forum = { status: 200, title: 'Back again', asked: 0 };
  await until(async () => JSON.stringify((await loadedOf(hub.id))?.value?.data).includes('Back again'));
  expect((await loadedOf(hub.id))?.failure).toBeUndefined();
});

test('the last try says that there is none after it', async () => {
  const hub = await makeTeam('ended', { discourseTag: 'ended' }, [{ kind: 'discussion' }]);
  forum = { status: 404, title: '', asked: 0 };
  await publish(post('ended'));
  const failure = await until(async () => {
    const loaded = await loadedOf(hub.id);
    return loaded?.failure;
  });
  expect(failure?.retryAt).toBeUndefined();
  await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
});

test('what arrives while nobody works is done once somebody does', async () => {
  const team = await makeTeam('patient', { packages: ['patient'] });
  await stop();
  const missed = push('mira', 'patient');
  await publish(missed);
  await start();
  await until(async () => (await entryIds(team.id)).includes(missed.id));
});

test('a job that a dead worker held is given back', async () => {
  await makeTeam('orphan', { discourseTag: 'orphan' }, [{ kind: 'discussion' }]);
  forum = { status: 200, title: 'Orphan', asked: 0 };
  await pool.query(`SELECT graphile_worker.add_job('load', json_build_object('key', value_key), job_key := value_key)
    FROM widget JOIN hub ON hub.id = widget.hub_id WHERE hub.name = 'orphan'`);
  await stop();
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', 'held'), job_key := 'held')`,
  );
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute', locked_by = 'worker-dead', attempts = 1 WHERE key = 'held'`,
  );
  await start();
  await until(
    async () => (await pool.query(`SELECT FROM graphile_worker.jobs WHERE key = 'held'`)).rowCount === 0,
  );
});

test('what the bus says of a group’s members gives nobody a role: it asks for the group to be read', async () => {
  const team = await makeTeam('asked-group', {});
  const msg = { agent: 'amara', user: 'mira', group: 'asked-group' };
  const topic = 'org.fedoraproject.prod.fas.group.member.sponsor';
  await publish(message({ topic, category: 'fas', environment: 'prod', body: { msg } }));
  await until(async () => {
    const sql = `SELECT FROM graphile_worker.jobs WHERE key = 'read-group:asked-group' AND run_at > now()`;
    return (await pool.query(sql)).rowCount === 1;
  });
  expect(await database.role.count({ where: { hubId: team.id } })).toBe(0);
});
