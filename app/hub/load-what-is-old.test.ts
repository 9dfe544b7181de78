import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../../hubs/viewer.ts';
import { makePerson, viewerOf } from '../../testing/people.ts';
import { createDatabase } from '../../testing/stores.ts';
import { openWebStores } from '../../testing/web-stores.ts';
import { priorities } from '../../widgets/ask-for-loads.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import { writeValue } from '../../widgets/values.ts';
import { loadWhatIsOld, readWidgets } from './read-widgets.ts';

const stores = openWebStores(await createDatabase());
const { database, pool, cache } = stores;
const hub = await database.$transaction(async (tx) => {
  const column = 'right';
  const widgets = {
    createMany: { data: [0, 1].map((place) => ({ kind: 'discussion', column, place }) as const) },
  };
  const made = await tx.hub.create({
    data: { type: 'team', name: 'team', groupName: 'team', discourseTag: 'tag', widgets },
  });
  await refreshInterests(tx, made.id);
  return made;
});
const rows = await database.widget.findMany({ where: { hubId: hub.id } });
const key = rows[0]?.valueKey ?? '';
const { person } = await makePerson(database, 'mira');
const mira = await viewerOf(database, person.id);

afterAll(() => pool.end());
beforeEach(async () => {
  await pool.query('TRUNCATE loaded_value; DELETE FROM graphile_worker._private_jobs');
  await cache.delete(key);
});

/** Somebody looks at the hub, which has two widgets with one value. */
const look = async (viewer: Viewer | null) =>
  loadWhatIsOld(stores, viewer, await readWidgets(stores, hub, rows, viewer));
const keep = (ageMs: number) =>
  writeValue(cache, key, {
    value: {
      data: { tag: 'tag', topics: [], href: '' },
      asOf: Date.now() - ageMs,
      source: { name: '', href: '' },
    },
  });
const asked = async () => (await pool.query('SELECT key, priority FROM graphile_worker.jobs')).rows;
const MINUTE = 60_000;

test('what was never loaded comes last for a visitor, and first once somebody signed in looks', async () => {
  await look(null);
  expect(await asked()).toEqual([{ key, priority: priorities.last }]);
  await look(mira);
  expect(await asked()).toEqual([{ key, priority: priorities.watched }]);
});

test('what is old is loaded for a visitor after what others wait for; what is young is not', async () => {
  await keep(5 * MINUTE);
  await look(null);
  expect(await asked()).toEqual([]);
  await keep(15 * MINUTE);
  await look(null);
  expect(await asked()).toEqual([{ key, priority: priorities.later }]);
});

test('what a message changed while nobody looked is loaded however young it is, and once', async () => {
  await keep(5 * MINUTE);
  await database.loadedValue.create({ data: { key, staleAt: new Date(Date.now() - MINUTE) } });
  await look(mira);
  expect(await asked()).toHaveLength(1);
  await pool.query('DELETE FROM graphile_worker._private_jobs');
  await keep(0);
  await look(mira);
  expect(await asked()).toEqual([]);
});

test('a visitor’s look counts: whoever looked today has the value kept fresh', async () => {
  await look(null);
  const { lookedAt } = await database.loadedValue.findUniqueOrThrow({ where: { key } });
  expect(lookedAt.getTime()).toBeGreaterThan(Date.now() - MINUTE);
});

test('what is not for the browser stays in the cache', async () => {
  const validators = { address: 'https://example.org/secret.ics', etag: '"1"', wholeAt: Date.now() };
  await writeValue(cache, key, { value: { data: {}, asOf: 1, source: { name: '', href: '' } }, validators });
  const [read] = await readWidgets(stores, hub, rows, null);
  expect(read?.data?.loaded).toEqual({ value: { data: {}, asOf: 1, source: { name: '', href: '' } } });
});
