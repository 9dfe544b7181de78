import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultWidgets } from '../hubs/defaults.ts';
import { findViewer, startSession } from '../hubs/sessions.ts';
import { syncRules } from '../jobs/sync-rules.ts';
import { readSettings } from '../settings/settings.ts';
import { runHubs as hubs } from '../testing/run-hubs.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { openAccountsFile } from '../upstreams/accounts/yaml.ts';
import { nearNames } from './near-names.ts';
import { seedDemo } from './seed-demo.ts';

const accountsFile = fileURLToPath(new URL('../demo/accounts.yaml', import.meta.url));

const { url, database } = await openTestDatabase();

const settings = () => ({
  DATABASE_URL: url,
  REDIS_URL: 'redis://127.0.0.1:1',
  ACCOUNTS_FILE: accountsFile,
  BASE_URL: 'https://hubs.example.org/',
});

test.each([
  [[], 'hubs [OPTIONS] COMMAND [ARGS]...', 'Run and look after Hubs.'],
  [['cache'], 'hubs cache [OPTIONS] COMMAND [ARGS]...', 'Cache-related operations.'],
  [['db'], 'hubs db [OPTIONS] COMMAND [ARGS]...', 'Database-related operations.'],
  [['fas'], 'hubs fas [OPTIONS] COMMAND [ARGS]...', 'FAS-related operations.'],
  [['user'], 'hubs user [OPTIONS] COMMAND [ARGS]...', 'Operations on people.'],
  [['run'], 'hubs run [OPTIONS] COMMAND [ARGS]...', 'Run daemon processes.'],
  [
    ['fas', 'create-team', '--help'],
    'hubs fas create-team [OPTIONS] NAME...',
    'Create the team hub NAME from FAS.',
  ],
])('hubs %j prints its help as an answer, without any settings', async (args, usage, description) => {
  const { code, out, err } = await hubs(args);
  expect(out.startsWith(`Usage: ${usage}\n\n  ${description}\n\nOptions:\n`)).toBe(true);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('a word it does not know is a usage error: 2', async () => {
  const { code, out, err } = await hubs(['db', 'migrat']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^Error: Unknown command 'migrat'\n\(Did you mean migrate\?\)/);
});

test('missing settings end with 78, all named', async () => {
  const { code, err } = await hubs(['db', 'migrate']);
  expect(code).toBe(78);
  expect(err).toContain('DATABASE_URL is not set');
  expect(err).toContain('REDIS_URL is not set');
  const accounts = await hubs(['fas', 'create-team', 'design'], { ...settings(), ACCOUNTS_FILE: '' });
  expect(accounts).toMatchObject({ code: 78, out: '' });
  expect(accounts.err).toContain('ACCOUNTS_FILE is not set');
});

test('a database that is away is a sentence, not a stack', async () => {
  const away = { ...settings(), DATABASE_URL: 'postgresql://hubs@127.0.0.1:1/hubs' };
  for (const args of [
    ['db', 'migrate'],
    ['fas', 'create-team', 'design'],
  ]) {
    expect(await hubs(args, away)).toEqual({
      code: 1,
      out: '',
      err: 'The database does not answer; start it, or correct DATABASE_URL.\n',
    });
  }
});

test('migrate and status say what there is', async () => {
  expect(await hubs(['db', 'migrate'], settings())).toMatchObject({
    code: 0,
    out: 'The database is up to date.\n',
  });
  expect((await hubs(['db', 'status'], settings())).out).toMatch(/^applied 001_skeleton\n/);
});

test('the seed makes the demo once, leaves design to the reader, and create-team makes it', async () => {
  expect(await hubs(['db', 'seed'], settings())).toEqual({
    code: 0,
    err: '',
    out: 'People: 24 made, 0 there already.\nTeams: 7 made, 0 brought up to date.\nLeft for you to make: design, marketing (hubs fas create-team design).\n',
  });
  expect(
    await seedDemo(database, await openAccountsFile(accountsFile), syncRules(readSettings(settings()))),
  ).toEqual({
    people: { made: 0, known: 24 },
    teams: { made: 0, known: 7 },
    left: ['design', 'marketing'],
  });
  expect(
    await database.hub.groupBy({ by: ['type', 'visibility'], _count: true, orderBy: { type: 'asc' } }),
  ).toEqual([
    { type: 'user', visibility: 'public', _count: 24 },
    { type: 'team', visibility: 'public', _count: 7 },
    { type: 'stream', visibility: 'private', _count: 24 },
  ]);
  expect(await database.feedEntry.count()).toBe(0);

  expect(await hubs(['fas', 'create-team', 'design'], settings())).toEqual({
    code: 0,
    err: '',
    out: 'design: made, https://hubs.example.org/t/design\n',
  });
  const design = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'team', name: 'design' } },
    include: { interests: true, widgets: true, roles: true },
  });
  expect(design.interests.map((interest) => interest.key)).toContain('tag:design');
  expect(design.widgets.map((widget) => widget.kind).sort()).toEqual(
    defaultWidgets(design)
      .map((widget) => widget.kind)
      .sort(),
  );
  expect(design.roles).toHaveLength(7);
}, 90_000);

test('a group that is not in the accounts is named, with those that may be meant', async () => {
  expect(await hubs(['fas', 'create-team', 'desing'], settings())).toEqual({
    code: 1,
    out: '',
    err: 'The accounts have no group desing; did you mean design?\n',
  });
});

test('near names: a few letters off, or one begins with the other; nothing far away', () => {
  const names = ['design', 'docs', 'infrastructure', 'python'];
  expect(nearNames('infra', names)).toEqual(['infrastructure']);
  expect(nearNames('PYTHN', names)).toEqual(['python']);
  expect(nearNames('kernel', names)).toEqual([]);
});

test('hubs user admin makes a site admin and unmakes them, also in sessions that a group made so', async () => {
  const person = await database.person.create({ data: { username: 'Boss' } });
  const token = await startSession(database, {
    personId: person.id,
    issuer: 'https://id.example.org',
    siteAdmin: true,
    userAgent: '',
  });
  const isAdmin = async () => (await findViewer(database, token, readSettings(settings())))?.siteAdmin;
  expect((await hubs(['user', 'admin', 'boss'], settings())).out).toBe('Boss is now a site admin.\n');
  expect((await hubs(['user', 'show', 'BOSS'], settings())).out).toContain('site admin: yes, by hand');
  expect(await isAdmin()).toBe(true);
  expect((await hubs(['user', 'admin', 'boss', '--revoke'], settings())).out).toContain(
    'no site admin any more',
  );
  expect(await isAdmin()).toBe(false);
  expect((await hubs(['user', 'admin', 'boss', '--revoke'], settings())).out).toBe(
    'Boss is no site admin.\n',
  );
});

test('hubs user names whom one may have meant', async () => {
  await database.person.create({ data: { username: 'zebulon' } });
  expect(await hubs(['user', 'admin', 'zebulom'], settings())).toEqual({
    code: 1,
    out: '',
    err: 'Nobody here is called zebulom; did you mean zebulon?\n',
  });
});
