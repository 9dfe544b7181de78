// What no form of Hubs sends: each is answered with the right status and a sentence, and never with 500.
import { cookieName } from '../hubs/sessions.ts';
import { makeWorld } from './matrix/world.ts';
import { expect, test } from './stack.ts';

/** On a busy machine; alone it takes a quarter of a minute. */
test.describe.configure({ timeout: 300_000 });

const malformed = '%E0%A4%A';

test('whatever is sent, the answer says what is wrong with it', async ({ hubs, database, databaseUrl }) => {
  const world = await makeWorld(database, databaseUrl, 'b');
  const [team, other] = await world.makeHubs([
    { type: 'team', kind: 'public', shown: true },
    { type: 'team', kind: 'public', shown: true },
  ]);
  if (!team || !other) throw new Error('No hubs were made.');
  const cookie = `${cookieName(hubs.url)}=${world.sessions.get('owner')}`;
  const send = (path: string, init: RequestInit = {}) =>
    fetch(hubs.url + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, accept: 'application/json', ...init.headers },
    });
  const wrong: string[] = [];
  const expectStatus = async (what: string, status: number, answer: Promise<Response>) => {
    const { status: came, headers } = await answer.then(async (response) => {
      if (status >= 400 && status !== 405 && !(await response.text()).trim())
        wrong.push(`${what}: nothing is said`);
      return response;
    });
    if (came !== status)
      wrong.push(`${what}: ${status} is written, ${came} ${headers.get('location') ?? ''} came`);
  };
  const hub = `/api/hubs/${team.id}`;
  const json = (path: string, body: unknown) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const reads: [string, number][] = [
    // Addresses that are none.
    [`/t/${malformed}`, 400],
    [`/t/${malformed}/join`, 400],
    [`/t/${malformed}/layout`, 400],
    [`/t/${malformed}/people`, 400],
    [`/t/${malformed}/settings`, 400],
    [`/t/${malformed}/settings/general`, 400],
    [`/t/${malformed}/settings/people`, 400],
    [`/u/${malformed}`, 400],
    [`/u/${malformed}/layout`, 400],
    [`/u/${malformed}/settings/general`, 400],
    [`/${malformed}`, 404],
    [`/groups/${malformed}`, 400],
    [`/api/hubs/${malformed}/export`, 400],
    [`/api/kinds/${malformed}/check`, 400],
    ['/t/a%00b', 404],
    ['/t/..%2f..%2fetc', 404],
    [`/t/${'a'.repeat(3_000)}`, 404],
    ['/t/%F0%9F%8C%B1', 404],
    [`/t/${team.name}/settings/nothing`, 404],
    [`/t/${team.name}/e/${malformed}`, 400],
    [`/t/${team.name}/e/%00`, 410],
    [`/t/${team.name}/e/x`, 410],
    [`/t/${team.name}/settings/constructor`, 404],
    // Questions nobody asks.
    ['/groups?q=%00&kind=%00', 200],
    [`/groups?q=${malformed}`, 200],
    ['/groups?q=a&q=b&kind=constructor', 200],
    [`/t/${team.name}?draft=%00&as=__proto__`, 200],
    [`/t/${team.name}?draft=a&draft=b&as=visitor&as=member`, 200],
    [`/t/${team.name}/layout?draft=%00&removed=%00`, 200],
    [`/t/${team.name}/settings/general?draft=%00`, 200],
    [`/t/${team.name}/people?q=%00&page=-1&role=constructor`, 200],
    [`/t/${team.name}/people?q=a&q=b&page=1e9&role=owner&role=member`, 200],
    [`/t/${team.name}/people?q=%5C%25_'&page=999999`, 200],
    ['/settings/accounts?draft=%00', 200],
    ['/groups/new?draft=x', 200],
    // Ids that are none, or of another hub.
    ['/api/hubs/0x10/export', 404],
    ['/api/hubs/1e3/export', 404],
    ['/api/hubs/99999999999/export', 404],
    ['/api/hubs/-1/layout', 404],
    [`${hub}/layout?since=-1`, 200],
    ['/api/hubs/1.5/widgets/1', 400],
    [`${hub}/widgets/${other.open}`, 404],
    [`${hub}/widgets/99999999999`, 400],
    ['/sse', 400],
    ['/sse?hub=%00', 400],
    [`/sse?hub=${team.id}&hub=2147483648`, 400],
    [`/sse?hub=${team.id}&after=yesterday`, 400],
    [`/sse?hub=${team.id}&since=yesterday`, 400],
    ['/auth/callback/nobody', 404],
    ['/auth/callback/meadow?state=%00&code=%00', 303],
  ];
  for (const [path, status] of reads) await expectStatus(`GET ${path}`, status, send(path));
  // In the HTML itself, for browsers without JavaScript.
  for (const path of [
    '/t/there-is-none',
    '/t/there-is-none/people',
    '/u/there-is-none/layout',
    `/t/${team.name}/settings/nothing`,
    '/system',
    '/a/b',
  ]) {
    const html = await (await send(path, { headers: { accept: 'text/html' } })).text();
    if (!html.replace(/<script\b.*?<\/script>/gs, '').includes('There is no hub here'))
      wrong.push(`GET ${path}: the page is blank without JavaScript`);
  }
  for (const path of [
    '/sign-in?to=/.//evil.example',
    '/sign-in?to=//evil.example',
    '/sign-in?draft=%00&to=%00',
  ])
    expect((await send(path)).headers.get('location'), path).toBe('/');

  const forms: [string, unknown, number][] = [
    // No form, no object, wrong types, unknown and inherited keys, broken characters.
    [`${hub}/help`, '{', 422],
    [`${hub}/help`, 'null', 422],
    [`${hub}/help`, [], 422],
    [`${hub}/help`, {}, 422],
    [`${hub}/help`, { title: 7, text: ['a', 'b'] }, 422],
    [`${hub}/help`, { title: { a: 1 }, text: null, more: 1 }, 422],
    [`${hub}/help`, { title: 'x', constructor: 'y' }, 422],
    [`${hub}/help`, { title: 'a\0b' }, 422],
    [`${hub}/help`, '{"title":"\\ud800"}', 422],
    [`${hub}/help`, { title: 'x', 'a\0b': 'c' }, 422],
    [`${hub}/help`, { title: 'x'.repeat(300_000) }, 422],
    [`${hub}/library`, { url: 'javascript:alert(1)', title: 'x' }, 422],
    [`${hub}/library`, { url: 'http://[', title: 'x' }, 422],
    [`${hub}/people`, { username: 'nobody-here', change: 'add-owner' }, 422],
    [`${hub}/people`, { username: 'b-member', change: 'toString' }, 422],
    [`${hub}/roles`, { change: 'constructor' }, 422],
    [`${hub}/roles`, { change: ['star', 'star'] }, 422],
    [`${hub}/joining`, { version: 1, joinMode: 'never', joinText: 'x' }, 422],
    [`${hub}/joining`, { joinMode: 'open', joinText: 'x' }, 422],
    [`${hub}/library/1`, { do: 'place', after: '-1' }, 422],
    ['/api/me/order', { do: 'place', hub: '1', after: 'first' }, 422],
    ['/api/me/order', { do: 'up', hub: '2147483647' }, 404],
    [`${hub}/archive`, { archived: 'perhaps' }, 422],
    [`${hub}/delete`, { name: 'another' }, 422],
    [`${hub}/settings/general`, { version: 'x', summary: 1 }, 422],
    [`${hub}/settings/list`, { version: 1e300, mailingList: 'x@y.z' }, 422],
    [`${hub}/settings/constructor`, {}, 404],
    [`${hub}/settings/development`, { version: 1, projects: '../..', packages: '' }, 422],
    [`${hub}/layout`, { version: -1, widgets: [] }, 422],
    [`${hub}/layout`, { version: 1, widgets: ['{', 'null', '[]'] }, 422],
    [`${hub}/layout`, { version: 999_999_999, widgets: [] }, 422],
    [`${hub}/layout/step`, { step: 'sideways', widget: team.open }, 422],
    [`${hub}/layout/step`, { step: 'add', kind: '__proto__' }, 422],
    [`${hub}/layout/step`, { step: 'undo', removed: '%00' }, 409],
    [`${hub}/layout/widgets/${team.open}`, { text: 'x'.repeat(30_000) }, 422],
    [`${hub}/layout/widgets/${team.open}`, { text: 'x', unknown: 'y' }, 422],
    ['/api/kinds/constructor/check', {}, 404],
    ['/api/kinds/about/check', { text: ['a', 'b'] }, 422],
    ['/api/hubs', { name: 'b-person', visibility: 'secret' }, 422],
    ['/api/hubs', { name: '../x' }, 422],
    ['/api/hubs', { name: team.name.replace('-', '_') }, 409],
    ['/api/me/preferences', { timeZone: 'Nowhere/None', theme: 'pink' }, 422],
    ['/api/me/privacy', { email: 'everybody', shoe: 'nobody' }, 422],
    ['/api/me/accounts/unlink', { issuer: 'x', subject: 'y' }, 404],
    ['/api/me/sessions/x/end', {}, 404],
    // What is another hub's, or nobody's.
    [`${hub}/help/${other.help}`, { step: 'take' }, 404],
    [`${hub}/library/${other.link}`, { do: 'remove' }, 404],
    [`${hub}/library/x`, { do: 'remove' }, 404],
    [`${hub}/requests`, { request: other.request, do: 'approve' }, 404],
    [`${hub}/requests`, { request: '1.5', do: 'approve' }, 422],
    [`${hub}/layout/step`, { step: 'remove', widget: other.open }, 409],
    [`${hub}/layout/widgets/${other.open}`, { text: 'mine' }, 409],
    ['/api/hubs/0/roles', { change: 'star' }, 404],
    ['/api/hubs/99999999999/roles', { change: 'star' }, 404],
  ];
  for (const [path, body, status] of forms)
    await expectStatus(`POST ${path} ${JSON.stringify(body).slice(0, 80)}`, status, json(path, body));

  const post = (path: string, init: RequestInit) => send(path, { method: 'POST', ...init });
  const plain = { 'content-type': 'text/plain' };
  const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const file = new FormData();
  file.set('title', new Blob(['x']), 'x.txt');
  const large = new Blob(['title=x&'.repeat(40_000)]).stream();
  const bodies: [string, number, Promise<Response>][] = [
    ['nothing', 422, post(`${hub}/help`, {})],
    ['a text', 422, post(`${hub}/help`, { headers: plain, body: 'title=x' })],
    [
      'half of a form',
      422,
      post(`${hub}/help`, {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\n',
      }),
    ],
    ['a file', 422, post(`${hub}/help`, { body: file })],
    [
      'more than it says',
      422,
      post(`${hub}/help`, { headers: form, body: large, duplex: 'half' } as RequestInit),
    ],
    ['a text, to sign in', 422, post('/auth/start', { headers: plain, body: 'x' })],
    ['a text, to link an account', 422, post('/auth/link', { headers: plain, body: 'x' })],
    [
      'from another site',
      403,
      json(`${hub}/roles`, { change: 'star' }).then(() =>
        post(`${hub}/roles`, { headers: { ...form, 'sec-fetch-site': 'cross-site' }, body: 'change=star' }),
      ),
    ],
    ['by PUT', 405, send(`${hub}/roles`, { method: 'PUT' })],
  ];
  for (const [what, status, answer] of bodies) await expectStatus(what, status, answer);

  // Where a browser without JavaScript is sent back to: this site, in an address that a header can hold.
  for (const [page, to] of [
    ['/t/design?tab=x#y', '/t/design?tab=x&draft='],
    ['/groups?q=日本', '/groups?q=%E6%97%A5%E6%9C%AC&draft='],
    ['/.//evil.example', '/?draft='],
    ['//evil.example', '/?draft='],
    [`/${'x'.repeat(5_000)}`, '/?draft='],
  ] as const) {
    const body = new URLSearchParams({ _page: page, title: '' });
    const location = (await post(`${hub}/help`, { headers: form, body })).headers.get('location') ?? '';
    if (!location.startsWith(to)) wrong.push(`back to ${page}: ${location}`);
  }
  expect(wrong).toEqual([]);
});

test('pressed twice at once it is done once, and nobody gets an error', async ({
  hubs,
  database,
  databaseUrl,
}) => {
  const world = await makeWorld(database, databaseUrl, 'd');
  const [team] = await world.makeHubs([{ type: 'team', kind: 'public', shown: false }]);
  const account = await world.makePerson();
  if (!team) throw new Error('No hub was made.');
  const twice = async (path: string, token: string | undefined, body: object) => {
    const init = {
      method: 'POST',
      headers: {
        cookie: `${cookieName(hubs.url)}=${token}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    };
    const answers = await Promise.all([fetch(hubs.url + path, init), fetch(hubs.url + path, init)]);
    return answers.map(({ status }) => status).sort();
  };
  const hub = `/api/hubs/${team.id}`;
  const [owner, person] = [world.sessions.get('owner'), world.sessions.get('person')];
  expect(await twice('/api/hubs', person, { name: 'd-double' })).toEqual([200, 200]);
  expect(await twice(`${hub}/roles`, person, { change: 'join' })).toEqual([200, 200]);
  expect(await twice(`${hub}/roles`, person, { change: 'star' })).toEqual([200, 200]);
  expect(await twice(`${hub}/library`, owner, { url: 'https://example.org/a' })).toEqual([200, 409]);
  expect(await twice(`${hub}/help/${team.help}`, person, { step: 'take' })).toEqual([200, 200]);
  expect(await twice(`${hub}/requests`, owner, { request: team.request, do: 'approve' })).toEqual([200, 200]);
  expect(await twice(`${hub}/library/${team.link}`, owner, { do: 'remove' })).toEqual([200, 404]);
  expect(await twice(`${hub}/archive`, owner, { archived: 'yes' })).toEqual([200, 200]);
  expect(await twice(`${hub}/delete`, owner, { name: team.name })).toEqual([200, 404]);
  for (const status of await twice('/api/me/erase', account.token, { name: account.name }))
    expect([200, 401]).toContain(status);
});
