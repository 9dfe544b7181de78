import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { askForHelp, moveHelp } from './help.ts';
import { HubError } from './hub-error.ts';

const { database } = await openTestDatabase();

const { person: olga } = await makePerson(database, 'olga');
const { person: mio } = await makePerson(database, 'mio');
const { person: guest } = await makePerson(database, 'guest');
const { person: other } = await makePerson(database, 'other');
let teams = 0;

async function setUp(data: Parameters<typeof makeTeam>[3] = {}) {
  teams += 1;
  const hub = await makeTeam(database, `team-${teams}`, olga.id, data);
  await giveRole(database, hub.id, mio.id, 'member');
  const asking = async (id: number) => ({
    viewer: await viewerOf(database, id),
    hubId: hub.id,
    baseUrl: 'https://hubs.example.org',
  });
  return {
    hub,
    owner: await asking(olga.id),
    member: await asking(mio.id),
    guest: await asking(guest.id),
    other: await asking(other.id),
  };
}
const request = async (hubId: number) =>
  database.helpRequest.findFirstOrThrow({ where: { hubId }, orderBy: { id: 'desc' } });

async function refusal(doing: Promise<unknown>): Promise<HubError> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HubError)) throw new Error(`no HubError but ${error}`);
  return error;
}

test('a member asks, somebody takes it, and says when it is done', async () => {
  const { hub, member, guest: helper } = await setUp();
  await askForHelp(database, member, { title: 'Draw a logo', text: '' });
  const { id } = await request(hub.id);
  expect(await moveHelp(database, helper, id, 'take')).toBe('It is yours. Thank you!');
  expect(await request(hub.id)).toMatchObject({ state: 'taken', askedById: mio.id, takenById: guest.id });
  await moveHelp(database, helper, id, 'done');
  expect(await request(hub.id)).toMatchObject({ state: 'done', takenById: guest.id });
  expect((await refusal(moveHelp(database, helper, id, 'take'))).code).toBe('conflict');
});

test('of two who take it at once one has it, the other is told who', async () => {
  const { hub, member, guest: helper, other: late } = await setUp();
  await askForHelp(database, member, { title: 'Draw', text: '' });
  const { id } = await request(hub.id);
  const taking = await Promise.allSettled([
    moveHelp(database, helper, id, 'take'),
    moveHelp(database, late, id, 'take'),
  ]);
  expect(taking.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = taking.find((one) => one.status === 'rejected');
  expect(lost?.reason.message).toMatch(/^(guest|other) was quicker and took it\.$/);
});

test('pressing twice does nothing twice', async () => {
  const { hub, member, guest: helper } = await setUp();
  await askForHelp(database, member, { title: 'Draw', text: '' });
  const { id } = await request(hub.id);
  await moveHelp(database, helper, id, 'take');
  const { takenAt } = await request(hub.id);
  expect(await moveHelp(database, helper, id, 'take')).toBe('You took it already.');
  expect((await request(hub.id)).takenAt).toEqual(takenAt);
});

test('who took it gives it back; so does an owner; nobody else', async () => {
  const { hub, owner, member, guest: helper, other: somebody } = await setUp();
  await askForHelp(database, member, { title: 'Draw', text: '' });
  const { id } = await request(hub.id);
  for (const who of [helper, owner]) {
    await moveHelp(database, helper, id, 'take');
    expect((await refusal(moveHelp(database, somebody, id, 'release'))).code).toBe('not_allowed');
    await moveHelp(database, who, id, 'release');
    expect(await request(hub.id)).toMatchObject({ state: 'open', takenById: null, takenAt: null });
  }
});

test('only members ask; of a private hub nobody else is told; an archived one stays as it is', async () => {
  const open = await setUp();
  expect((await refusal(askForHelp(database, open.guest, { title: 'x', text: '' }))).code).toBe(
    'not_allowed',
  );
  const secret = await setUp({ visibility: 'private' });
  await askForHelp(database, secret.member, { title: 'x', text: '' });
  const { id } = await request(secret.hub.id);
  expect((await refusal(moveHelp(database, secret.guest, id, 'take'))).code).toBe('not_found');
  const archived = await setUp({ archivedAt: new Date() });
  expect((await refusal(askForHelp(database, archived.member, { title: 'x', text: '' }))).message).toContain(
    'archived',
  );
});

test('what a team shows to its members only, others neither see nor take; who took it before still ends it', async () => {
  const { hub, member, guest: helper, other: somebody } = await setUp();
  for (const title of ['Draw', 'Sing']) await askForHelp(database, member, { title, text: '' });
  const [sing, draw] = await database.helpRequest.findMany({
    where: { hubId: hub.id },
    orderBy: { id: 'desc' },
  });
  if (!sing || !draw) throw new Error('Both requests were made.');
  await moveHelp(database, helper, draw.id, 'take');
  await database.widget.create({
    data: { hubId: hub.id, kind: 'help', column: 'left', place: 0, restricted: true },
  });
  for (const { id } of [sing, draw])
    expect((await refusal(moveHelp(database, somebody, id, 'take'))).code).toBe('not_found');
  expect((await refusal(moveHelp(database, helper, sing.id, 'take'))).code).toBe('not_found');
  expect(await moveHelp(database, helper, draw.id, 'done')).toBe('Done. Thank you!');
  await moveHelp(database, member, sing.id, 'take');
});

test('a request of another hub is not reached through this one', async () => {
  const [one, two] = [await setUp(), await setUp()];
  await askForHelp(database, one.member, { title: 'x', text: '' });
  const { id } = await request(one.hub.id);
  expect((await refusal(moveHelp(database, two.owner, id, 'take'))).code).toBe('not_found');
});

test('nobody reads more than 50 open requests', async () => {
  const { hub, member } = await setUp();
  await database.helpRequest.createMany({
    data: Array.from({ length: 50 }, () => ({ hubId: hub.id, title: 'x', askedById: mio.id })),
  });
  expect((await refusal(askForHelp(database, member, { title: 'x', text: '' }))).message).toContain(
    '50 requests',
  );
});
