// Changes made in Hubs itself: heard at their commit, by those who may.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { tellBrowsers } from '../hubs/changes.ts';
import { erasePerson } from '../hubs/erase-person.ts';
import { followGroup } from '../hubs/follow-group.ts';
import { endSession, endStreamsOf, findViewer, startSession } from '../hubs/sessions.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { openStream, type TestStream } from '../testing/event-stream.ts';
import { createDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { startSse } from './server.ts';

const databaseUrl = await createDatabase();
const redis = await startTestRedis();
const pool = openPool(databaseUrl);
const database = openDatabase(pool);
const context = testContext({ databaseUrl, redisUrl: redis.url });
let sse: Awaited<ReturnType<typeof startSse>>;
const streams: TestStream[] = [];

beforeAll(async () => {
  sse = await startSse(context);
  await until(async () => (await sse.wrong()).length === 0);
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.destroy();
});
afterAll(async () => {
  await sse.stop();
  await pool.end();
  await redis.stop();
});

let number = 0;
const makeTeam = (visibility: 'public' | 'preview' | 'private') =>
  database.hub.create({
    data: { type: 'team', name: `team${++number}`, groupName: `team${number}`, visibility },
  });

async function signIn(hubId?: number) {
  const person = await database.person.create({ data: { username: `person${++number}` } });
  const role = { hubId: hubId ?? 0, personId: person.id, name: 'member', source: 'hubs' } as const;
  if (hubId !== undefined) await database.role.create({ data: role });
  const token = await startSession(database, {
    personId: person.id,
    issuer: 'x',
    siteAdmin: false,
    userAgent: '',
  });
  return { person, token };
}

async function listen(hub: number, token?: string) {
  const stream = await openStream(
    `http://127.0.0.1:${sse.port}/sse?hub=${hub}`,
    token ? { cookie: `a=b; hubs=${token}` } : {},
  );
  streams.push(stream);
  return stream;
}
const heard = (stream: TestStream) =>
  stream
    .events()
    .filter(({ event }) => event === 'notice')
    .map(({ data }) => data);

test('a change is heard at its commit, not before and never when it is rolled back', async () => {
  const hub = await makeTeam('public');
  const stream = await listen(hub.id);
  const undone = database.$transaction(async (tx) => {
    await tellBrowsers(tx, hub, 'role');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await database.$transaction(async (tx) => {
    await tellBrowsers(tx, hub, 'hub');
    expect(heard(stream)).toEqual([]);
  });
  await until(() => heard(stream).length > 0);
  expect(heard(stream)).toEqual([{ hub: hub.id, what: 'hub' }]);
});

test('of a preview hub members hear, visitors do not; of a private one visitors know nothing', async () => {
  const preview = await makeTeam('preview');
  const { token } = await signIn(preview.id);
  const [member, visitor] = [await listen(preview.id, token), await listen(preview.id)];
  await database.$transaction((tx) => tellBrowsers(tx, preview, 'entry'));
  await until(() => heard(member).length > 0);
  expect(heard(visitor)).toEqual([]);
  expect((await listen((await makeTeam('private')).id)).status).toBe(404);
});

test('who loses their role loses the stream of a private hub, before the change is told', async () => {
  const hub = await makeTeam('private');
  const [leaver, stayer] = [await signIn(hub.id), await signIn(hub.id)];
  const [left, stayed] = [await listen(hub.id, leaver.token), await listen(hub.id, stayer.token)];
  await database.$transaction(async (tx) => {
    await tx.role.deleteMany({ where: { personId: leaver.person.id } });
    await tellBrowsers(tx, hub, 'role');
  });
  await until(() => left.isEnded() && heard(stayed).length > 0);
  expect(heard(left)).toEqual([]);
  expect(stayed.isEnded()).toBe(false);
});

test('whom the accounts take out of a group loses the stream of its private hub', async () => {
  const name = `team${++number}`;
  const { person, token } = await signIn();
  const follow = (members: string[]) =>
    database.$transaction((tx) =>
      followGroup(
        tx,
        {
          ...{ name, description: '', mailingList: null, url: null, irc: [], discussionUrl: null },
          ...{ members, sponsors: [], fullNames: new Map() },
        },
        { baseUrl: context.settings.BASE_URL, how: 'make', force: true },
      ),
    );
  const { hub } = await follow([person.username]);
  if (!hub) throw new Error('there is no hub');
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  const stream = await listen(hub.id, token);
  expect(stream.status).toBe(200);
  await follow([]);
  await until(() => stream.isEnded());
  expect((await listen(hub.id, token)).status).toBe(404);
});

test('a site admin who is one no more, and somebody who is erased, hear nothing further', async () => {
  const hub = await makeTeam('private');
  const { person, token } = await signIn();
  const setAdmin = (siteAdmin: boolean) =>
    database.person.update({ where: { id: person.id }, data: { siteAdmin } });
  await setAdmin(true);
  const asAdmin = await listen(hub.id, token);
  expect(asAdmin.status).toBe(200);
  await setAdmin(false);
  await database.$transaction((tx) => endStreamsOf(tx, person.id));
  await until(() => asAdmin.isEnded());
  expect((await listen(hub.id, token)).status).toBe(404);

  const open = await listen((await makeTeam('public')).id, token);
  const viewer = await findViewer(database, token, context.settings);
  if (!viewer) throw new Error('The session is open.');
  await database.$transaction((tx) => erasePerson(tx, viewer, person.username));
  await until(() => open.isEnded());
});

test('a hub that becomes private is closed to the visitors who listen', async () => {
  const hub = await makeTeam('public');
  const visitor = await listen(hub.id);
  await database.$transaction(async (tx) => {
    const hidden = await tx.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
    await tellBrowsers(tx, hidden, 'hub');
  });
  await until(() => visitor.isEnded());
});

test('a session that ends takes its streams with it, and no others', async () => {
  const hub = await makeTeam('public');
  const [first, second] = [await signIn(), await signIn()];
  const [mine, theirs] = [await listen(hub.id, first.token), await listen(hub.id, second.token)];
  const viewer = await findViewer(database, first.token, context.settings);
  await endSession(database, first.person.id, viewer?.session ?? 0);
  await until(() => mine.isEnded());
  expect(theirs.isEnded()).toBe(false);
});

test('after an absence of PostgreSQL the pages are told to fetch anew, and changes are heard again', async () => {
  const hub = await makeTeam('public');
  const stream = await listen(hub.id);
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
  await until(() => stream.events().some(({ event }) => event === 'gap'));
  await database.$transaction((tx) => tellBrowsers(tx, hub, 'role'));
  await until(() => heard(stream).length > 0);
});

test('a session that ended while PostgreSQL was not heard has its streams no longer', async () => {
  const hub = await makeTeam('private');
  const { person, token } = await signIn(hub.id);
  const stream = await listen(hub.id, token);
  await database.session.deleteMany({ where: { personId: person.id } });
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
  await until(() => stream.isEnded());
  expect((await listen(hub.id, token)).status).toBe(404);
});

test('a role that ends while a stream is being opened counts', async () => {
  const [hub, other] = [await makeTeam('private'), await makeTeam('public')];
  const { person, token } = await signIn(hub.id);
  const witness = await listen(other.id);
  const lock = await pool.connect();
  await lock.query('BEGIN; LOCK TABLE hub IN ACCESS EXCLUSIVE MODE');
  const opening = listen(hub.id, token); // it knows the roles already, and waits for the hub
  await until(async () => (await lock.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount === 1);
  await database.$transaction(async (tx) => {
    await tx.role.deleteMany({ where: { hubId: hub.id, personId: person.id } });
    await tellBrowsers(tx, hub, 'role');
    await tellBrowsers(tx, other, 'entry');
  });
  await until(() => heard(witness).length === 1);
  await lock.query('COMMIT');
  lock.release();
  expect((await opening).status).toBe(404);
});
