// The card of a hub, as a page and as a picture.
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { kept, openOutputsStage } from '../../testing/outputs-stage.ts';

const stage = await openOutputsStage();
const { owner, hear, signIn, get } = stage;
const { database } = stage.stores;
let hub: HubInfo;
beforeEach(async () => {
  hub = await stage.makeTeam();
});
afterAll(stage.close);

test('a card shows name, summary, people and the newest entries, and others may frame it', async () => {
  for (const n of [1, 2, 3, 4, 5, 6]) await hear(hub, `entry-${n}`, { agent: `nobody${n}` });
  const answer = await get(hub, 'card');
  expect(kept(answer)).toMatchObject({ cache: 'public, max-age=60' });
  expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors *');
  const html = await answer.text();
  for (const piece of [`/t/${hub.name}"`, 'Makes &lt;things&gt;', '1 member', 'nobody6', 'nobody2'])
    expect(html).toContain(piece);
  expect(html).not.toContain('nobody1');
  expect(html).not.toContain('<script');

  const picture = await get(hub, 'card.svg', { query: '?theme=dark' });
  expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  const svg = await picture.text();
  for (const piece of [`>${hub.name}</text>`, '1 member · Makes &lt;things&gt;', 'nobody6'])
    expect(svg).toContain(piece);
  expect(svg).not.toContain('prefers-color-scheme');
});

test('a hub that not everybody may read has no card, not even for its members', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  for (const name of ['card', 'card.svg'] as const) {
    expect((await get(hub, name, await signIn(owner.id))).status).toBe(404);
    expect((await get(hub, name)).status).toBe(404);
  }
});
