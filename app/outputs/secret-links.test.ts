// What a secret link opens, and until when.
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { endLink, makeLink } from '../../hubs/secret-links.ts';
import { forNobody, kept, openOutputsStage } from '../../testing/outputs-stage.ts';
import { giveRole, makePerson, viewerOf } from '../../testing/people.ts';

const stage = await openOutputsStage();
const { owner, stream, hear, secret } = stage;
const { database, settings } = stage.stores;
let hub: HubInfo;
beforeEach(async () => {
  hub = await stage.makeTeam();
});
afterAll(stage.close);

test('a secret link opens the outputs of its hub alone, and nobody keeps them', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  await hear(hub, 'hidden');
  const token = await makeLink(database, await viewerOf(database, owner.id), hub.id);
  const answer = await secret(token);
  expect([answer.status, kept(answer)]).toEqual([200, forNobody]);
  const text = await answer.text();
  expect(text).toContain('hidden');
  expect(text).toContain(`${settings.BASE_URL}/secret/${token}/feed.atom`);
  expect(JSON.stringify(await database.secretLink.findMany())).not.toContain(token);
  for (const wrong of [
    secret(token, 'toString'),
    secret(token, 'card.exe'),
    secret('x'.repeat(43)),
    secret(''),
  ])
    expect((await wrong).status).toBe(404);
});

test('a renewed link ends the one before, an ended one opens nothing', async () => {
  const viewer = await viewerOf(database, owner.id);
  const first = await makeLink(database, viewer, stream.id);
  const second = await makeLink(database, viewer, stream.id);
  expect([(await secret(first)).status, (await secret(second)).status]).toEqual([404, 200]);
  await endLink(database, viewer, stream.id);
  expect((await secret(second)).status).toBe(404);
});

test('a link ends when its person’s right ends, and does not come back with it', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  const { person } = await makePerson(database, 'member');
  await giveRole(database, hub.id, person.id, 'member');
  const token = await makeLink(database, await viewerOf(database, person.id), hub.id);
  expect((await secret(token)).status).toBe(200);
  await database.role.deleteMany({ where: { hubId: hub.id, personId: person.id } });
  await giveRole(database, hub.id, person.id, 'member');
  expect((await secret(token)).status).toBe(404);
});

test('a banned person’s links open nothing', async () => {
  const { person } = await makePerson(database, 'banned');
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'preview' } });
  await giveRole(database, hub.id, person.id, 'member');
  const token = await makeLink(database, await viewerOf(database, person.id), hub.id);
  await database.person.update({ where: { id: person.id }, data: { bannedAt: new Date() } });
  expect((await secret(token)).status).toBe(404);
});

test('there are no secret links to what everybody may read, nor to what one may not', async () => {
  const viewer = await viewerOf(database, owner.id);
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'invalid' });
  const { person } = await makePerson(database, 'stranger');
  await expect(makeLink(database, await viewerOf(database, person.id), stream.id)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a link carries its person’s roles, never the rights of a site admin', async () => {
  const { person } = await makePerson(database, 'admin', { siteAdmin: true });
  const viewer = await viewerOf(database, person.id, { siteAdmin: true });
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'preview' } });
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'not_allowed' });
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'not_found' });
});
