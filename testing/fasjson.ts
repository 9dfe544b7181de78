// A stand-in for FASJSON v1: its paths, masks, pages, errors and its leak of private people in lists of members.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FasjsonGroup {
  groupname: string;
  description?: string | null;
  mailing_list?: string | null;
  url?: string | null;
  irc?: string[] | null;
  discussion_url?: string | null;
  members: string[];
  sponsors: string[];
}

/** What the service knows of a person and Hubs may ask for. */
export interface FasjsonUser {
  username: string;
  human_name?: string | null;
  emails?: string[];
  ircnicks?: string[] | null;
  timezone?: string | null;
  websites?: string[] | null;
  creation?: string;
  is_private?: boolean | null;
}

export interface RecordedAnswer {
  /** Such as `GET /v1/groups/designteam/`. */
  request: string;
  status: number;
  body: string;
  wwwAuthenticate?: string | null;
}

export interface TestFasjson {
  url: string;
  port: number;
  groups: FasjsonGroup[];
  users: FasjsonUser[];
  /** Answers as they were recorded; they come before everything else. */
  recorded: RecordedAnswer[];
  /** What came: path with query, mask, token. */
  requests: { path: string; fields: string; authorization: string }[];
  /** Statuses of the next answers, used up one by one; none after them. */
  faults: number[];
  /** Waited for before an answer goes out. */
  hold: (path: string) => Promise<unknown> | undefined;
  close(): Promise<void>;
}

/** What the service hides of a private person, though not in lists of members and sponsors. */
const hidden = ['human_name', 'ircnicks', 'timezone', 'websites'];

const messages: Record<number, unknown> = {
  401: { message: 'Re-authentication is necessary.' },
  403: { message: 'Invalid credentials (no Kerberos credentials available)' },
  500: { message: 'LDAP server is down', source: 'LDAP' },
};

/** Starts it on a free port of 127.0.0.1. */
export async function startFasjson(): Promise<TestFasjson> {
  const standIn: Omit<TestFasjson, 'url' | 'port' | 'close'> = {
    groups: [],
    users: [],
    recorded: [],
    requests: [],
    faults: [],
    hold: () => undefined,
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const fields = String(request.headers['x-fields'] ?? '');
    standIn.requests.push({ path, fields, authorization: request.headers.authorization ?? '' });
    await standIn.hold(path);
    const { status, body, wwwAuthenticate } = answer(standIn, request, fields);
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(wwwAuthenticate && { 'www-authenticate': wwwAuthenticate }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

type World = Pick<TestFasjson, 'groups' | 'users' | 'recorded' | 'faults'>;

function answer(world: World, request: IncomingMessage, fields: string): Omit<RecordedAnswer, 'request'> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://fasjson');
  const fault = world.faults.shift();
  const say = (status: number, body: unknown) => ({ status, body: JSON.stringify(body) });
  if (fault)
    return { ...say(fault, messages[fault] ?? {}), wwwAuthenticate: fault === 401 ? 'Negotiate' : null };
  const recorded = world.recorded.find((one) => one.request === `${request.method} ${pathname}`);
  if (recorded) return recorded;

  const [, kind, name, list] =
    /^\/v1\/(groups|users|me)\/(?:([^/]+)\/(?:(members|sponsors)\/)?)?$/.exec(pathname) ?? [];
  const group = world.groups.find((one) => one.groupname.toLowerCase() === name?.toLowerCase());
  const user = world.users.find((one) => one.username.toLowerCase() === name?.toLowerCase());
  if (kind === 'me') return say(200, { result: mask({ dn: 'cn=hubs' }, fields) });
  if (kind === 'groups' && !name) return page(world.groups, fields, searchParams);
  if (kind === 'groups' && !group) return say(404, { groupname: name, message: 'Group not found' });
  if (group && !list) return say(200, { result: mask(group, fields) });
  if (group && list === 'members') return page(peopleOf(world, group.members), fields, searchParams);
  // Sponsors are never paged.
  if (group && list === 'sponsors')
    return page(peopleOf(world, group.sponsors), fields, new URLSearchParams());
  if (kind === 'users' && name && !list)
    return user
      ? say(200, { result: mask(user.is_private ? without(user, hidden) : user, fields) })
      : say(404, { name, message: 'User not found' });
  return say(404, { message: 'The requested URL was not found on the server.' });
}

const peopleOf = ({ users }: World, names: string[]): FasjsonUser[] =>
  names.map((name) => users.find(({ username }) => username === name) ?? { username: name });

const without = (row: object, keys: string[]) =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, keys.includes(key) ? null : value]));

/** What is missing is null, as there. */
const mask = (row: object, fields: string): object =>
  Object.fromEntries(
    fields
      .replace(/[{}]/g, '')
      .split(',')
      .map((key) => [key, (row as Record<string, unknown>)[key] ?? null]),
  );

function page(rows: object[], fields: string, query: URLSearchParams) {
  const size = Number(query.get('page_size') ?? 0);
  const number = Number(query.get('page_number') ?? 1);
  const shown = size ? rows.slice((number - 1) * size, number * size) : rows;
  const pages = Math.ceil(rows.length / size);
  const of = {
    total_results: rows.length,
    page_size: size,
    page_number: number,
    total_pages: pages,
    // Recorded so: it names the page it stands on.
    ...(number < pages && {
      next_page: `https://fasjson.example.org/?page_size=${size}&page_number=${number}`,
    }),
  };
  return {
    status: 200,
    body: JSON.stringify({ result: shown.map((row) => mask(row, fields)), ...(size && { page: of }) }),
  };
}
