import { expect, test } from 'vitest';
import { z } from 'zod';
import { keepDraft, readDraft } from '../../hubs/drafts.ts';
import { HubError } from '../../hubs/hub-error.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import type { Stores } from '../stores.ts';
import { finishable, finishDraft } from './finish.ts';

const { database } = await openTestDatabase();

const { id: personId } = await database.person.create({ data: { username: 'amara' } });
const viewer: Viewer = {
  person: { id: personId, username: 'amara', fullName: '' },
  siteAdmin: false,
  session: 1,
  roles: new Map(),
};
const stores = { database } as Stores;

const done: string[] = [];
const forms = [
  finishable<{ wish: string }, { hub: string }>(/^\/api\/hubs\/(?<hub>\d+)\/wishes$/, {
    fields: z.strictObject({ wish: z.string().min(1, { error: 'Say what you wish.' }) }),
    async act({ viewer: who, params, values }) {
      if (values.wish === 'the moon') throw new HubError('The moon is taken.', { field: 'wish' });
      done.push(`${who.person.username} wishes ${values.wish} in ${params.hub}`);
      return values.wish === 'to leave' ? { to: '/groups' } : {};
    },
  }),
];

async function finish(wish: string | undefined, action = '/api/hubs/12/wishes') {
  const page = '/t/design?tab=wishes';
  const fields = wish === undefined ? {} : { wish };
  const id = await keepDraft(database, personId, { action, page, fields, errors: {} });
  const draft = await readDraft(database, id, personId);
  if (!draft) throw new Error('it was kept just now');
  const to = await finishDraft(stores, viewer, draft, forms);
  return { id, to, given: new URL(to, 'http://page').searchParams.get('draft') };
}

test('what was pressed before is done once, and its page is shown', async () => {
  const { id, to } = await finish('tea');
  expect([to, done]).toEqual(['/t/design?tab=wishes', ['amara wishes tea in 12']]);
  expect(await readDraft(database, id, personId)).toBeNull();
  expect((await finish('to leave')).to).toBe('/groups');
});

test.each([
  ['the moon', 'The moon is taken.'],
  ['', 'Say what you wish.'],
  [undefined, '“wish” is missing.'],
])('what can’t be done (%j) stands in its form with the reason at the field', async (wish, reason) => {
  const { id, to, given } = await finish(wish);
  expect(to).toBe(`/t/design?tab=wishes&draft=${given}`);
  expect(await readDraft(database, given ?? '', personId)).toMatchObject({
    fields: wish === undefined ? {} : { wish },
    errors: { wish: reason },
  });
  expect(await readDraft(database, id, personId)).toBeNull();
});

test('a form that is not finished for anybody stands as it was typed', async () => {
  for (const action of ['/api/hubs/12/settings', '/api/hubs/12/wishes/x', '/api/hubs/x/wishes']) {
    const { id, given } = await finish('cake', action);
    expect(given).toBe(id);
    expect(await readDraft(database, id, personId)).toMatchObject({ fields: { wish: 'cake' }, errors: {} });
  }
  expect(done.join()).not.toContain('cake');
});
