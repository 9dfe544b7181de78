import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openFeeds } from '../feeds/open-feeds.ts';
import { withSyncLock } from '../hubs/sync-lock.ts';
import { makeRow, startArchive, type TestArchive } from '../testing/archive.ts';
import { type FasjsonGroup, startFasjson, type TestFasjson } from '../testing/fasjson.ts';
import { type Realm, startRealm } from '../testing/kerberos.ts';
import { makePerson, makeTeam } from '../testing/people.ts';
import { skipUnless } from '../testing/skips.ts';
import { makeFolder, openTestDatabase, until } from '../testing/stores.ts';

const program = fileURLToPath(new URL('main.ts', import.meta.url));

const { url, pool, database } = await openTestDatabase();
let file: string;
let archive: TestArchive;
beforeAll(async () => {
  file = join(makeFolder('accounts'), 'accounts.yaml');
  archive = await startArchive();
});
afterAll(async () => {
  await archive.close();
});

/** Runs `hubs fas …` as a process of its own; `heard` gets what it says meanwhile. */
const fas = (
  args: string[],
  env: Record<string, string> = {},
  heard: (text: string) => void = () => undefined,
) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const settings = {
      ...{ NODE_ENV: 'test', PATH: process.env.PATH, DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1' },
      ...{ ACCOUNTS_FILE: file, BASE_URL: 'https://hubs.example.org' },
    };
    const child = execFile(
      process.execPath,
      [program, 'fas', ...args],
      { env: { ...settings, ...env } as NodeJS.ProcessEnv, timeout: 55_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stderr?.on('data', heard);
  });

function write(...groups: FasjsonGroup[]): void {
  const names = new Set(groups.flatMap(({ members, sponsors }) => [...members, ...sponsors]));
  writeFileSync(file, stringify({ people: [...names].map((username) => ({ username })), groups }));
}
const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
const rolesIn = (name: string) =>
  database.role.count({ where: { hub: { type: 'team', name }, source: 'accounts' } });

test('create-team makes hubs whose feeds hold what was said just now; it goes on past one that can’t be made', async () => {
  const maker = await makePerson(database, 'maker');
  await makeTeam(database, 'hands', maker.person.id);
  const group = { members: people(10), sponsors: ['p0'] };
  write({ groupname: 'design', ...group }, { groupname: 'docs', ...group }, { groupname: 'hands', ...group });
  archive.rows.push(makeRow('just-now', Date.now() - 5_000, { agent: 'p3', update: { title: 'guake' } }));
  const made = await fas(['create-team', 'design', 'hands', 'dosc', 'docs'], { ARCHIVE_URL: archive.url });
  expect(made).toMatchObject({
    code: 1,
    out: 'design: made, https://hubs.example.org/t/design\ndocs: made, https://hubs.example.org/t/docs\n',
  });
  expect(made.err).toContain('A team made by hand has the name hands already');
  expect(made.err).toContain('The accounts have no group dosc; did you mean docs?');
  const { id } = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'team', name: 'design' } },
  });
  const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
  expect((await feeds.read(id)).map(({ messageId }) => messageId)).toEqual(['just-now']);
  const again = await fas(['create-team', 'design', 'hands', '--adopt']);
  expect(again).toMatchObject({
    code: 0,
    out: 'design: up to date, https://hubs.example.org/t/design\nhands: tied to its group, https://hubs.example.org/t/hands\n',
  });
});

test('sync-teams says what it would do, does it, and holds back what looks wrong', async () => {
  const same = { members: people(10), sponsors: ['p0'] };
  write(
    {
      groupname: 'design',
      members: [...people(9), 'newcomer'],
      sponsors: ['p0'],
      mailing_list: 'd@example.org',
    },
    { groupname: 'docs', members: ['p0'], sponsors: [] },
    { groupname: 'hands', ...same },
  );
  const held = 'docs: held back. 9 of 10 people would leave docs.';
  const planned = await fas(['sync-teams', '--dry-run']);
  expect(planned.out).toContain(
    'design: would change\n  + member newcomer\n  - member p9\n  mailingList: "d@example.org"\nhands: up to date\n',
  );
  expect(planned.out).toContain('docs: would change\n  - owner p0\n');
  expect(planned).toMatchObject({
    code: 1,
    err: expect.stringContaining(held.replace('held', 'would be held')),
  });
  expect(await rolesIn('design')).toBe(11);
  const quiet = await fas(['sync-teams', '--quiet']);
  expect(quiet).toMatchObject({ code: 1, out: '', err: expect.stringContaining(held) });
  expect(await rolesIn('docs')).toBe(11);
  const forced = await fas(['sync-teams', 'docs', '--force', '--json']);
  expect(forced.code).toBe(0);
  expect(JSON.parse(forced.out)).toMatchObject([
    { name: 'docs', outcome: 'changed', address: 'https://hubs.example.org/t/docs', changes: { given: [] } },
  ]);
  expect(await rolesIn('docs')).toBe(1);
});

test('a half-written file changes nothing, and a second sync says that it waits for the first', async () => {
  const free = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const first = withSyncLock(
    pool,
    () => true,
    () => {
      held.resolve();
      return free.promise;
    },
  );
  await held.promise;
  write({ groupname: 'docs', members: ['p0', 'p1'], sponsors: [] });
  const second = fas(['sync-teams', 'docs'], {}, (text) => {
    if (text.includes('Another sync of teams is running; this one waits for it.')) free.resolve();
  });
  expect(await second).toMatchObject({ code: 0, out: 'docs: brought up to date\n  + member p1\n' });
  await first;
  writeFileSync(file, 'people: [{ username: p0 }]\ngroups: [{ groupname: docs, mem');
  const broken = await fas(['sync-teams']);
  expect(broken).toMatchObject({ code: 1, out: '' });
  expect(broken.err).toContain(`The accounts file ${file} can't be used`);
  expect(await rolesIn('docs')).toBe(2);
});

skipUnless('kerberos')('with FASJSON', () => {
  /** Shorter than the sync. */
  const LIFE_S = 4;
  let service: TestFasjson;
  let realm: Realm;
  let env: Record<string, string>;
  beforeAll(async () => {
    service = await startFasjson();
    realm = await startRealm(LIFE_S);
    const { url: proxy } = await realm.startProxy(service.url);
    env = {
      ...{ ACCOUNTS_FILE: '', FASJSON_URL: proxy },
      ...{ KRB5_CONFIG: realm.config, KRB5_CLIENT_KTNAME: realm.keytab },
    };
  }, 60_000);
  afterAll(async () => {
    await realm.stop();
    await service.close();
  });

  test('a sync goes on when its ticket ends meanwhile; while the service is down a later run may do it', async () => {
    const names = ['kiwi', 'lime', 'mint'];
    service.groups = names.map((groupname) => ({ groupname, members: ['mira'], sponsors: [] }));
    for (const name of names)
      await database.hub.create({ data: { type: 'team', name, groupName: name, summary: name } });
    let isHeld = false;
    service.hold = async (path) => {
      if (isHeld || !path.includes('/lime/')) return;
      isHeld = true;
      const endsAt = Date.now() + LIFE_S * 1_000;
      await until(() => Date.now() > endsAt + 1_000);
    };
    const done = await fas(['sync-teams', ...names], env);
    expect(done).toEqual({
      code: 0,
      out: names.map((name) => `${name}: brought up to date\n  + member mira\n`).join(''),
      err: expect.stringContaining('1 of 3 teams, now lime'),
    });
    expect(realm.firstTickets().length).toBeGreaterThan(1);
    service.faults = Array.from({ length: 9 }, () => 503);
    const down = await fas(['sync-teams', ...names], env);
    expect(down).toMatchObject({ code: 75, out: '' });
    expect(down.err.match(/not read\. 127\.0\.0\.1:\d+ is closed for the moment \(503\)/g)).toHaveLength(3);
    const without = await fas(['sync-teams', 'kiwi'], {
      ...env,
      KRB5_CLIENT_KTNAME: '',
      KRB5CCNAME: 'FILE:/nowhere',
    });
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('There is no Kerberos ticket') });
  });
});
