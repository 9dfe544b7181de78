import type { JobHelpers } from 'graphile-worker';
import { expect, test } from 'vitest';
import { makePerson, makeTeam } from '../../testing/people.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import type { Preview } from '../../upstreams/preview.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { makeCheckLinksTask, makePreviewTask } from './preview.ts';

const { pool, database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira');
const hub = await makeTeam(database, 'art', person.id);
let place = 0;
const makeLink = (data: object = {}) => {
  place += 1;
  return database.libraryLink.create({
    data: {
      hubId: hub.id,
      place,
      url: `https://example.org/${place}`,
      title: `example.org/${place}`,
      ...data,
    },
  });
};
const read = (id: number) => database.libraryLink.findUniqueOrThrow({ where: { id } });
const attempt = (attempts: number) => ({ job: { attempts, max_attempts: 5 } }) as JobHelpers;
const found: Preview = { title: 'A guide', description: 'How', picture: 'data:image/png;base64,AA' };

const run = (id: number, outcome: Preview | Error, attempts = 1) => {
  const asked: boolean[] = [];
  const task = makePreviewTask(database, (_url, { picture }) => {
    asked.push(picture);
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  });
  return Promise.resolve(task({ link: id }, attempt(attempts))).then(() => asked);
};

test('what people left empty is filled, what they wrote stays', async () => {
  const empty = await makeLink();
  await run(empty.id, found);
  expect(await read(empty.id)).toMatchObject({ ...found, deadSince: null, checkedAt: expect.any(Date) });
  const written = await makeLink({ title: 'Mine', description: 'My words' });
  await run(written.id, found);
  expect(await read(written.id)).toMatchObject({
    title: 'Mine',
    description: 'My words',
    picture: found.picture,
  });
});

test('the picture is fetched once; later looks leave everything but whether it answers', async () => {
  const link = await makeLink();
  expect(await run(link.id, found)).toEqual([true]);
  expect(await run(link.id, { title: 'Other', description: null, picture: null })).toEqual([false]);
  expect(await read(link.id)).toMatchObject(found);
});

test('a page that is gone is marked dead since then, and alive again when it answers', async () => {
  const link = await makeLink();
  const gone = new UpstreamError('gone', { retry: false, status: 404 });
  await run(link.id, gone);
  const { deadSince } = await read(link.id);
  expect(deadSince).toBeInstanceOf(Date);
  await run(link.id, gone);
  expect((await read(link.id)).deadSince).toEqual(deadSince);
  await run(link.id, found);
  expect((await read(link.id)).deadSince).toBeNull();
});

test('silence is tried again; after the last try the link is dead', async () => {
  const link = await makeLink();
  const silent = new UpstreamError('silent', { retry: true });
  await expect(run(link.id, silent, 1)).rejects.toThrow('silent');
  expect((await read(link.id)).deadSince).toBeNull();
  await run(link.id, silent, 5);
  expect((await read(link.id)).deadSince).toBeInstanceOf(Date);
});

test('a page that lets only people in is not dead', async () => {
  const link = await makeLink();
  for (const status of [401, 403, 429]) {
    await run(link.id, new UpstreamError('no', { retry: status === 429, status }));
    expect((await read(link.id)).deadSince).toBeNull();
  }
});

test('a link removed meanwhile, or moved to another address, is left alone', async () => {
  await run(2_000_000, found);
  const link = await makeLink();
  const task = makePreviewTask(database, async () => {
    await database.libraryLink.update({ where: { id: link.id }, data: { url: 'https://example.org/moved' } });
    return found;
  });
  await task({ link: link.id }, attempt(1));
  expect(await read(link.id)).toMatchObject({ picture: null, checkedAt: null });
});

test('links nobody looked at for two weeks are looked at again', async () => {
  const old = await makeLink({ checkedAt: new Date(Date.now() - 15 * 86_400_000) });
  const fresh = await makeLink({ checkedAt: new Date() });
  await makeCheckLinksTask(database)({}, attempt(1));
  const { rows } = await pool.query(`SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'preview'`);
  expect(rows).toContainEqual({ key: `preview ${old.id}` });
  expect(rows).not.toContainEqual({ key: `preview ${fresh.id}` });
});
