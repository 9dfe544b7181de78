import { beforeAll, describe, expect, test } from 'vitest';
import { openCache } from '../cache/open-cache.ts';
import { startMemcached } from '../testing/memcached.ts';
import { makePerson, makeTeam } from '../testing/people.ts';
import { callHubs } from '../testing/run-hubs.ts';
import { skipUnless } from '../testing/skips.ts';
import { makeFolder, openTestDatabase } from '../testing/stores.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { writeValue } from '../widgets/values.ts';

const { url, database } = await openTestDatabase();

const run = (args: string[], cacheUrl: string) =>
  callHubs(['cache', ...args], { DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1', CACHE_URL: cacheUrl });

const emptyFolder = () => `file:${makeFolder('cache')}`;

/** A team whose widgets show discussions by these tags; returns their rows in that order. */
async function addTeam(name: string, tags: string[], archivedAt: Date | null = null) {
  const person = await database.person.upsert({
    where: { username: 'owner' },
    create: { username: 'owner' },
    update: {},
  });
  const hub = await makeTeam(database, name, person.id, { archivedAt });
  await database.widget.createMany({
    data: tags.map((tag, place) => ({
      hubId: hub.id,
      kind: 'discussion',
      column: 'right' as const,
      place,
      settings: { tag },
    })),
  });
  await database.$transaction((tx) => refreshInterests(tx, hub.id));
  return database.widget.findMany({ where: { hubId: hub.id }, orderBy: { place: 'asc' } });
}

const loaded = (asOf: number) => ({
  value: { data: {}, asOf, source: { name: 'forum', href: 'https://f' } },
});

test('where nothing is expected, nothing is missing', async () => {
  await makePerson(database, 'nobody');
  expect(await run(['coverage'], emptyFolder())).toEqual({
    code: 0,
    out: '0 cached values found, 0 are missing.\n100.00 percent cache coverage.\n',
    err: '',
  });
});

describe('with widgets', () => {
  let widgets: Awaited<ReturnType<typeof addTeam>>;
  beforeAll(async () => {
    widgets = await addTeam(
      'design',
      Array.from({ length: 202 }, (_, at) => `tag-${at}`),
    );
    // The same values, and values of a hub that nobody loads for.
    await addTeam('docs', ['tag-0', 'tag-1']);
    await addTeam('gone', ['tag-gone'], new Date());
  });

  async function fill(cacheUrl: string) {
    const cache = openCache({ CACHE_URL: cacheUrl });
    for (const { valueKey } of widgets.slice(0, 107))
      await writeValue(cache, valueKey ?? '', loaded(Date.now() - 7_200_000));
    const failure = { sentence: 'The forum does not answer.', at: Date.now() };
    await writeValue(cache, widgets[150]?.valueKey ?? '', { failure });
    const { valueKey } = await database.widget.findFirstOrThrow({ where: { hub: { name: 'gone' } } });
    await writeValue(cache, valueKey ?? '', loaded(Date.now()));
    await cache.close();
  }

  const covered = async (cacheUrl: string) => {
    await fill(cacheUrl);
    expect(await run(['coverage'], cacheUrl)).toEqual({
      code: 0,
      out: '107 cached values found, 95 are missing.\n52.97 percent cache coverage.\n',
      err: '',
    });
    const list = await run(['list', '--json'], cacheUrl);
    const rows = JSON.parse(list.out);
    // The two of the second team share theirs with the first.
    expect(rows).toHaveLength(109);
    expect(rows[0]).toMatchObject({
      id: widgets[0]?.id,
      kind: 'discussion',
      hub: { type: 'team', name: 'design' },
      loader: widgets[0]?.valueKey,
      bytes: JSON.stringify(loaded(Date.now())).length,
    });
    expect(rows[0].ageS).toBeGreaterThanOrEqual(7_200);

    const cleaned = await run(['clean', String(widgets[0]?.id), String(widgets[2]?.id)], cacheUrl);
    expect(cleaned.out).toBe('Removed 2 cached values, which 3 widgets share.\n');
    expect((await run(['clean', String(widgets[0]?.id)], cacheUrl)).out).toBe('Nothing of it was cached.\n');
    expect((await run(['clean', 'discussion', '--json'], cacheUrl)).out).toBe(
      // Of the hub that is archived, and the reason that was kept for a failure, too.
      '{"removed":107,"widgets":108}\n',
    );
    expect((await run(['list'], cacheUrl)).out).toBe('Nothing is cached.\n');
  };

  test('shared values count once, archived hubs and mere failures do not; cleaning says who shares: in files', () =>
    covered(emptyFolder()));

  skipUnless('memcached')('in memcached', () => {
    test('the same, though it cannot list', async () => {
      const server = await startMemcached();
      await covered(`memcached://${server.host}:${server.port}`).finally(() => server.kill());
    });
  });

  test('the list is a table', async () => {
    const folder = emptyFolder();
    await fill(folder);
    const { out } = await run(['list'], folder);
    const [head, first] = out.split('\n');
    expect(head).toMatch(/^ *ID {2}KIND {8}HUB {10}LOADER {30,}AGE {6,}BYTES$/);
    expect(first).toMatch(
      /^ *\d+ {2}discussion {2}team\/design {2}discussion\/v2\/discourse\/\S{22} {2}2 h ago +\d+$/,
    );
  });

  test('for Nagios it is one line with performance data, and the exit status is the state', async () => {
    const folder = emptyFolder();
    await fill(folder);
    const data = 'found=107;;;0;202 missing=95;;;0;202\n';
    expect(await run(['coverage', '--nagios'], folder)).toEqual({
      code: 0,
      out: `CACHE OK - 52.97 percent cache coverage, 107 found, 95 missing | coverage=52.97%;50:;25:;0;100 ${data}`,
      err: '',
    });
    const warned = await run(['coverage', '--nagios', '--warning', '60'], folder);
    expect(warned).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^CACHE WARNING - 52\.97 .*;60:;25:;/),
    });
    const critical = await run(['coverage', '--nagios', '--warning', '60', '--critical', '53'], folder);
    expect(critical).toMatchObject({ code: 2, out: expect.stringMatching(/^CACHE CRITICAL - 52\.97 /) });
  });

  test('for Nagios whatever fails is one line, UNKNOWN, 3', async () => {
    const unknown = (out: RegExp) => ({ code: 3, out: expect.stringMatching(out), err: '' });
    expect(await callHubs(['cache', 'coverage', '--nagios'])).toEqual(
      unknown(/^CACHE UNKNOWN - These settings are wrong: DATABASE_URL is not set.*\n$/),
    );
    expect(await run(['coverage', '--nagios'], 'memcached://127.0.0.1:1')).toEqual(
      unknown(/^CACHE UNKNOWN - The cache of CACHE_URL can't be used: memcached does not answer .*\n$/),
    );
    expect(await run(['coverage', '--nagios', '--critical', '70'], emptyFolder())).toEqual(
      unknown(/^CACHE UNKNOWN - --critical is above --warning; .*\n$/),
    );
    expect(await run(['coverage', '--nagios', '--warning', 'many'], emptyFolder())).toEqual(
      unknown(/^CACHE UNKNOWN - --warning many is no share; .*\n$/),
    );
  });

  test.each([
    [['clean'], 'Name the widgets to clean by id or kind, or add --all.'],
    [['clean', 'discusion'], 'There is no kind of widget discusion; did you mean discussion?'],
    [['clean', 'rules'], 'Widgets of the kind rules load nothing, so nothing is cached.'],
    [
      ['clean', 'discussion', '999999'],
      'No widget 999999 loads anything; `hubs cache list` shows those that do.',
    ],
  ])('%j is refused, and nothing is removed', async (args, sentence) => {
    const folder = emptyFolder();
    await fill(folder);
    expect(await run(args, folder)).toEqual({ code: 1, out: '', err: `${sentence}\n` });
    expect((await run(['coverage'], folder)).out).toMatch(/^107 /);
  });
});
