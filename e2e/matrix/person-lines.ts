// What is asked of nobody's hub: one's own things, signing in, and what is the same for everybody.
import { type Table, table } from './tables.ts';
import type { Account } from './world.ts';

export interface PersonLine {
  /** Method and route as `next build` names it. */
  route: string;
  /** `self` asks for their own, `other` and the site admin `admin` for that of the person the cell is about. */
  cells: Table;
  with?(account: Account): Record<string, string | number>;
  body?(account: Account): Record<string, unknown>;
  /** Sent as a form of a page, not as JSON. */
  asForm?: true;
}

const everybody = table(`
        visitor self
  all   200     200
`);
const signedIn = table(`
        visitor self
  all   sign-in 200
`);
const doneForOneself = table(`
        visitor self
  all   401     done
`);

const privacy = {
  ...{ country: 'everybody', time: 'everybody', email: 'nobody' },
  ...{ chat: 'nobody', websites: 'everybody', memberSince: 'everybody' },
};

export const personLines: PersonLine[] = [
  { route: 'GET /licence', cells: everybody },
  { route: 'GET /icon.svg', cells: everybody },
  {
    route: 'GET /sign-in',
    cells: table(`
          visitor self
      all 200     on
    `),
  },
  { route: 'GET /groups/new', cells: signedIn },
  { route: 'GET /stream', cells: signedIn },
  { route: 'GET /stream/layout', cells: signedIn },
  { route: 'GET /stream/actions', cells: signedIn },
  { route: 'GET /stream/mentions', cells: signedIn },
  { route: 'GET /stream/saved', cells: signedIn },
  { route: 'GET /stream/hidden', cells: signedIn },
  {
    route: 'GET /stream/e/[id]',
    with: () => ({ id: 'nothing' }),
    cells: table(`
          visitor self
      all sign-in 410
    `),
  },
  {
    route: 'POST /api/me/hidden',
    body: () => ({ do: 'show', id: '1' }),
    cells: table(`
          visitor self
      all 401     200
    `),
  },
  {
    route: 'POST /api/me/order',
    body: () => ({ do: 'reset' }),
    cells: table(`
          visitor self
      all 401     200
    `),
  },
  {
    route: 'GET /system',
    cells: table(`
          visitor self admin
      all sign-in 404  200
    `),
  },
  { route: 'GET /settings/accounts', cells: signedIn },
  { route: 'GET /settings/data', cells: signedIn },
  { route: 'GET /settings/hubs', cells: signedIn },
  { route: 'GET /settings/links', cells: signedIn },
  { route: 'GET /settings/privacy', cells: signedIn },
  { route: 'GET /settings/profile', cells: signedIn },
  { route: 'GET /settings/sessions', cells: signedIn },
  {
    route: 'GET /settings',
    cells: table(`
          visitor self
      all on      on
    `),
  },
  ...['feed.atom', 'feed.rss', 'feed.json'].map(
    (file): PersonLine => ({
      route: `GET /stream/${file}`,
      cells: table(`
          visitor self
      all 404     200
    `),
    }),
  ),
  {
    // A word that nobody made; what one opens that was made stands in app/outputs/secret-links.test.ts.
    route: 'GET /secret/[token]/[output]',
    with: () => ({ token: 'x'.repeat(43), output: 'feed.atom' }),
    cells: table(`
          visitor self
      all 404     404
    `),
  },
  { route: 'POST /api/hubs', cells: doneForOneself, body: ({ name }) => ({ name: `${name}-team` }) },
  {
    route: 'POST /api/kinds/[kind]/check',
    with: () => ({ kind: 'about' }),
    body: () => ({ text: 'A text' }),
    cells: table(`
          visitor self
      all 401     200
    `),
  },
  {
    route: 'GET /api/me/export',
    cells: table(`
          visitor self
      all 401     200
    `),
  },
  {
    route: 'POST /api/me/accounts/unlink',
    body: ({ issuer, subject }) => ({ issuer, subject }),
    cells: table(`
          visitor other self
      all 401     404   done
    `),
  },
  {
    route: 'POST /api/me/erase',
    body: ({ name }) => ({ name }),
    cells: table(`
          visitor other self
      all 401     422   done
    `),
  },
  { route: 'POST /api/me/preferences', cells: doneForOneself, body: () => ({ timeZone: '', theme: 'dark' }) },
  { route: 'POST /api/me/privacy', cells: doneForOneself, body: () => privacy },
  {
    route: 'POST /api/me/sessions/[session]/end',
    with: ({ session }) => ({ session }),
    body: () => ({}),
    cells: table(`
          visitor other self
      all 401     200   done
    `),
  },
  { route: 'POST /api/me/sessions/end-others', cells: doneForOneself, body: () => ({}) },
  {
    route: 'POST /auth/start',
    body: () => ({ provider: 'nobody', to: '/groups' }),
    asForm: true,
    cells: table(`
          visitor self
      all sign-in sign-in
    `),
  },
  {
    route: 'POST /auth/link',
    body: () => ({ provider: 'nobody' }),
    asForm: true,
    cells: table(`
          visitor self
      all sign-in on
    `),
  },
  {
    route: 'POST /auth/sign-out',
    body: () => ({}),
    asForm: true,
    cells: table(`
          visitor self
      all on      left
    `),
  },
  {
    route: 'GET /auth/callback/[provider]',
    with: () => ({ provider: 'meadow' }),
    cells: table(`
          visitor self
      all sign-in on
    `),
  },
];
