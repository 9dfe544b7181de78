import type { BrowserContext, Page } from '@playwright/test';
import { cookieName } from '../hubs/sessions.ts';
import { expectEasyToPress, expectFine } from './expect-fine.ts';
import { listPages } from './matrix/routes.ts';
import { entryIdOf, makeWorld, type Place } from './matrix/world.ts';
import { issueOpened } from './messages.ts';
import { entry, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

/** Some forty pages: alone it takes less than a minute, on a busy machine many. */
test.describe.configure({ timeout: 600_000 });

interface Address {
  path: string;
  /** Seen without a session. */
  visitor?: true;
}

const inTabs = (of: 't' | 'u', { name }: Place, tabs: string[]): Address[] =>
  tabs.map((tab) => ({ path: `/${of}/${name}/settings/${tab}` }));

const ofHub = (of: 't' | 'u', place: Place): Record<string, Address[]> => {
  const path = `/${of}/${place.name}`;
  return {
    [`/${of}/[name]`]: [{ path }, { path, visitor: true }],
    [`/${of}/[name]/e/[id]`]: [{ path: `${path}/e/${encodeURIComponent(entryIdOf(place))}` }],
    [`/${of}/[name]/layout`]: [{ path: `${path}/layout` }],
    // It leads on to the first tab.
    [`/${of}/[name]/settings`]: [],
  };
};

/** Where each page of the build is looked at, and in which states. */
const addressesOf = (
  team: Place,
  user: Place,
  private_: Place,
  archived: Place,
): Record<string, Address[]> => ({
  '/': [{ path: '/', visitor: true }],
  '/groups': [{ path: '/groups' }, { path: '/groups?q=nothing-is-called-so' }],
  '/groups/new': [{ path: '/groups/new' }],
  '/sign-in': [
    { path: '/sign-in', visitor: true },
    { path: '/auth/callback/meadow?state=nobody', visitor: true },
    { path: '/t/there-is-none', visitor: true },
    { path: '/there/is/none' },
  ],
  '/settings': [],
  ...Object.fromEntries(
    ['accounts', 'data', 'hubs', 'links', 'privacy', 'profile', 'sessions'].map((section) => [
      `/settings/${section}`,
      [{ path: `/settings/${section}` }],
    ]),
  ),
  ...Object.fromEntries(
    ['', '/actions', '/mentions', '/saved', '/hidden', '/layout'].map((tab) => [
      `/stream${tab}`,
      [{ path: `/stream${tab}` }],
    ]),
  ),
  '/stream/e/[id]': [
    { path: `/stream/e/${encodeURIComponent(entryIdOf(private_))}` },
    { path: '/stream/e/that-nobody-keeps' },
  ],
  // For site admins; system.spec.ts looks at it.
  '/system': [],
  ...ofHub('t', team),
  ...ofHub('u', user),
  '/t/[name]/join': [{ path: `/t/${team.name}/join`, visitor: true }],
  '/t/[name]/people': [
    { path: `/t/${team.name}/people`, visitor: true },
    { path: `/t/${team.name}/people?role=subscriber&q=${'nobody-is-called-so'.repeat(9)}` },
  ],
  '/t/[name]/settings/people': [...inTabs('t', team, ['people']), { path: `/t/${archived.name}` }],
  '/t/[name]/settings/[tab]': inTabs('t', team, ['general', 'calendar', 'development', 'other']),
  '/u/[name]/settings/[tab]': inTabs('u', user, ['general', 'other']),
});

/** Menus, and what is folded away. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

const signIn = (context: BrowserContext, url: string, token = '') =>
  context.addCookies([{ name: cookieName(url), value: token, url }]);

test('axe finds nothing, on no page, wide and narrow, light and dark; nothing scrolls sideways', async ({
  browser,
  hubs,
  bus,
  forum,
  database,
  databaseUrl,
}) => {
  const world = await makeWorld(database, databaseUrl, 'a');
  const [team, user, private_, archived] = await world.makeHubs([
    { type: 'team', kind: 'public', shown: true },
    { type: 'user', kind: 'public', shown: true },
    { type: 'team', kind: 'private', shown: true },
    { type: 'team', kind: 'archived', shown: false },
  ]);
  if (!team || !user || !private_ || !archived) throw new Error('No hubs were made.');
  await database.query(
    `UPDATE hub SET alert_text = 'We meet on Friday', alert_colour = 'red', colour = '#ffee00', description = $2,
       summary = $3 WHERE id = $1`,
    [
      team.id,
      `# We *are*\n\n\`\`\`\n${'code '.repeat(80)}\n\`\`\`\n${'x'.repeat(300)}`,
      `${'summary'.repeat(25)} of it`,
    ],
  );
  const addresses = addressesOf(team, user, private_, archived);
  expect(Object.keys(addresses).sort()).toEqual(listPages().sort());

  const open = async (token?: string) => {
    const context = await browser.newContext({ baseURL: hubs.url });
    if (token !== undefined) await signIn(context, hubs.url, token);
    return context.newPage();
  };
  const [owner, visitor] = [await open(world.sessions.get('owner')), await open()];
  for (const { path, visitor: isVisitor } of Object.values(addresses).flat()) {
    const page = isVisitor ? visitor : owner;
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectEasyToPress(page, path);
    await unfold(page);
    await expectFine(page, path);
  }

  await visitor.goto(`/t/${team.name}`);
  await visitor.getByRole('link', { name: 'Join', exact: true }).click();
  await expect(visitor.getByRole('dialog')).toBeVisible();
  await expectFine(visitor, 'joining');
  await owner.goto(`/t/${team.name}/layout`);
  await owner.getByRole('button', { name: 'Add a widget' }).click();
  await expect(owner.getByRole('dialog')).toBeVisible();
  await expectFine(owner, 'the widgets to add');

  forum.addTopic(`How_deep_do_I_plant_tulips_${'in_it'.repeat(20)}?`);
  await openLive(visitor, '/t/garden');
  await bus.publish(issueOpened('garden', { title: `A_title_without_a_gap_${'in_it'.repeat(20)}` }));
  await expect(entry(visitor, 'A_title_without_a_gap')).toBeVisible();
  await expect(visitor.getByText('How_deep_do_I')).toBeVisible();
  await expectEasyToPress(visitor, 'a hub with long words');
  await expectFine(visitor, 'a hub with long words');
});
