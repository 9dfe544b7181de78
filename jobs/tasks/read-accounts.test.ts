import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobHelpers } from 'graphile-worker';
import { expect, test } from 'vitest';
import { makePerson } from '../../testing/people.ts';
import { makeFolder, openTestDatabase, testContext } from '../../testing/stores.ts';
import { AccountsFileError } from '../../upstreams/accounts/yaml.ts';
import { makeAccountsTasks } from './read-accounts.ts';

const { url, pool, database } = await openTestDatabase();
const file = join(makeFolder('accounts'), 'accounts.yaml');
const context = testContext({
  databaseUrl: url,
  redisUrl: 'redis://127.0.0.1:1',
  overrides: { ACCOUNTS_FILE: file },
});
const tasks = makeAccountsTasks(context, { pool, database });

const write = (people: string[], groups: string[] = []) =>
  writeFileSync(
    file,
    `people:\n${people.map((one) => `  - ${one}\n`).join('')}groups: [${groups.join(', ')}]\n`,
  );
const run = async (name: keyof typeof tasks, payload: unknown = {}) => tasks[name](payload, {} as JobHelpers);
const personOf = (username: string) => database.person.findUniqueOrThrow({ where: { username } });

test('a person is filled with what the accounts and their privacy allow, and again when it changed', async () => {
  await makePerson(database, 'mira');
  write([
    '{ username: mira, human_name: Mira Holm, emails: [mira@example.org], ircnicks: [mira], timezone: Europe/Oslo, websites: [https://mira.example.org], creation: 2020-03-09T10:32:03, country: "NO" }',
  ]);
  await run('read-person', { username: 'MIRA' });
  expect(await personOf('mira')).toMatchObject({
    fullName: 'Mira Holm',
    contact: {
      email: 'mira@example.org',
      chat: ['mira'],
      timeZone: 'Europe/Oslo',
      websites: ['https://mira.example.org'],
      memberSince: '2020-03-09T10:32:03Z',
      country: 'NO',
    },
  });
  const hub = { type_name: { type: 'user' as const, name: 'mira' } };
  expect((await database.hub.findUniqueOrThrow({ where: hub })).summary).toBe('Mira Holm');
  write(['{ username: mira, human_name: Mira Holm, timezone: Nowhere/Town, is_private: true }']);
  await run('read-person', { username: 'mira' });
  expect(await personOf('mira')).toMatchObject({ fullName: '', contact: { private: true } });
  expect((await database.hub.findUniqueOrThrow({ where: hub })).summary).toBe('');
});

test('who is not in the accounts any more, or signs in with another provider only, shows nothing of theirs', async () => {
  write(['{ username: noor, human_name: Noor Amrani }', '{ username: olga, human_name: Olga }']);
  await makePerson(database, 'noor', { fullName: 'Noor', contact: { email: 'n@example.org' } });
  await makePerson(database, 'olga', {
    identities: { create: { issuer: 'https://elsewhere.example.org', subject: 'o' } },
  });
  const provider = {
    name: 'a',
    label: 'a',
    issuer: 'https://id.example.org',
    clientId: '',
    clientSecret: '',
  };
  const settings = { ...context.settings, providers: [provider] };
  const { 'read-person': read } = makeAccountsTasks(
    { ...testContext({ databaseUrl: url, redisUrl: 'redis://127.0.0.1:1' }), settings },
    { pool, database },
  );
  await read({ username: 'olga' }, {} as JobHelpers);
  expect(await personOf('olga')).toMatchObject({ fullName: '' });
  write(['{ username: olga }']);
  await run('read-person', { username: 'noor' });
  expect(await personOf('noor')).toMatchObject({ fullName: '', contact: {} });
});

test('at night all tied teams follow; one whose changes look wrong is counted, and a half-written file changes nothing', async () => {
  const names = Array.from({ length: 10 }, (_, at) => `p${at}`);
  const people = names.map((username) => `{ username: ${username} }`);
  for (const name of ['design', 'docs']) {
    const { id } = await database.hub.create({ data: { type: 'team', name, groupName: name } });
    write(people, [`{ groupname: ${name}, members: [${names}] }`]);
    await run('read-group', { group: name });
    expect(await database.role.count({ where: { hubId: id, source: 'accounts' } })).toBe(10);
  }
  const groups = [
    '{ groupname: design, members: [p0] }',
    '{ groupname: docs, members: [p0, p1, p2, p3, p4, p5, p6, p7] }',
  ];
  write(people, groups);
  const seen = (at: Date) => ({ sessions: { create: { tokenHash: String(+at), issuer: 'a', seenAt: at } } });
  await makePerson(database, 'Here', seen(new Date()));
  await makePerson(database, 'away', seen(new Date(Date.now() - 31 * 86_400_000)));
  await run('sync-teams');
  const { rows } = await pool.query('SELECT key FROM graphile_worker.jobs WHERE key LIKE $1', [
    'read-person:%',
  ]);
  expect(rows).toEqual([{ key: 'read-person:here' }]);
  const count = (name: string) => database.role.count({ where: { hub: { type: 'team', name } } });
  expect([await count('design'), await count('docs')]).toEqual([10, 8]);
  expect(await database.groupReading.count({ where: { problem: { not: null } } })).toBe(1);
  write(people.slice(0, 3), ['{ groupname: docs, members: [p0, p9] }']);
  await expect(run('sync-teams')).rejects.toBeInstanceOf(AccountsFileError);
  expect(await count('docs')).toBe(8);
});

test('a group that can’t be read fails its job, which is tried again', async () => {
  const overrides = {
    ACCOUNTS_FILE: undefined,
    FASJSON_URL: 'http://127.0.0.1:9',
    KRB5_CLIENT_KTNAME: '/nowhere/keytab',
  };
  const away = testContext({ databaseUrl: url, redisUrl: 'redis://127.0.0.1:1', overrides });
  const { 'read-group': read } = makeAccountsTasks(away, { pool, database });
  await expect(read({ group: 'design' }, {} as JobHelpers)).rejects.toThrow(
    '1 of 1 groups could not be read',
  );
});

test('without accounts there is nothing to do', async () => {
  const none = testContext({ databaseUrl: url, redisUrl: 'redis://127.0.0.1:1' });
  const { 'sync-teams': sync } = makeAccountsTasks(none, { pool, database });
  await sync({}, {} as JobHelpers);
});
