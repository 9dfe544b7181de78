// The people and hubs that the matrix asks about: a hub of its own for every cell that may change something.
import type pg from 'pg';
import { describe } from '../../activity/describe.ts';
import { makeEntry } from '../../feeds/make-entry.ts';
import { openFeeds } from '../../feeds/open-feeds.ts';
import { createPerson } from '../../hubs/create-person.ts';
import { startSession } from '../../hubs/sessions.ts';
import { openDatabase, openPool } from '../../prisma/client.ts';

export type HubType = 'team' | 'user' | 'stream';

/** What the rows of a table stand for. */
const kinds = {
  public: { visibility: 'public', archived: false },
  preview: { visibility: 'preview', archived: false },
  private: { visibility: 'private', archived: false },
  archived: { visibility: 'public', archived: true },
} as const;
export type HubKind = keyof typeof kinds;
export const isHubKind = (row: string): row is HubKind => Object.hasOwn(kinds, row);

/** What the columns of a table stand for; a visitor has no session, `person` no role. */
const cast = {
  person: [],
  follower: ['subscriber'],
  member: ['member'],
  owner: ['owner'],
  admin: [],
  /** Asked for help in the hub's name, once. */
  asker: [],
  /** Took a request for help. */
  taker: [],
  /** Waits for an answer to a request to join; asks for nothing else. */
  applicant: [],
} as const;

export interface Place {
  type: HubType;
  id: number;
  name: string;
  version: number;
  /** Widgets: for everybody, for members, and the feed. */
  open: number;
  restricted: number;
  feed: number;
  link: number;
  /** Requests for help: one that nobody took, one that `taker` took. */
  help: number;
  taken: number;
  /** Of `applicant`. */
  request: number;
}

/** Words that stand in one place of one hub only. */
export const marksOf = ({ type, name }: Pick<Place, 'type' | 'name'>) => ({
  summary: `summary-of-${type}-${name}`,
  open: `about-${type}-${name}`,
  restricted: `restricted-of-${type}-${name}`,
  entry: `entry-of-${type}-${name}`,
  help: `help-for-${type}-${name}`,
  settings: `/${type === 'user' ? 'u' : 't'}/${name}/settings`,
  followers: `/t/${name}/people?role=subscriber`,
  link: `href="/${type === 'user' ? 'u' : 't'}/${name}"`,
});
export type Mark = keyof ReturnType<typeof marksOf>;

/** The id of the message in its feed: no mark, for it stands in addresses. */
export const entryIdOf = ({ type, name }: Pick<Place, 'type' | 'name'>): string => `message ${type}/${name}`;

interface Wanted {
  type: HubType;
  kind: HubKind;
  /** Something happened there just now: it stands on top of every list. */
  shown: boolean;
}

export interface World {
  /** The user name of a role's person. */
  nameOf(role: string): string;
  /** The cookie's secret, by column; none: a visitor. */
  sessions: Map<string, string>;
  /** Makes a hub for each of these, in one go. */
  makeHubs(wanted: Wanted[]): Promise<Place[]>;
  /** A person of their own, with two sessions and two accounts. */
  makePerson(): Promise<Account>;
  /** A number for all that there is to a hub; null where it is gone. */
  digestHubs(): Promise<Map<number, string>>;
  digestPeople(): Promise<Map<number, string>>;
}

export interface Account {
  id: number;
  name: string;
  token: string;
  /** Of the other session. */
  session: number;
  issuer: string;
  subject: string;
}

const issuer = 'https://id.example.org';

/** @param prefix of every name, so that two worlds fit into one database */
export async function makeWorld(pool: pg.Pool, databaseUrl: string, prefix: string): Promise<World> {
  const database = openDatabase(pool);
  const nameOf = (role: string) => `${prefix}-${role}`;
  const sessions = new Map<string, string>();
  for (const role of Object.keys(cast)) {
    await createPerson(database, { username: nameOf(role), fullName: '' });
    const { id } = await database.person.findUniqueOrThrow({ where: { username: nameOf(role) } });
    const siteAdmin = role === 'admin';
    sessions.set(role, await startSession(database, { personId: id, issuer, siteAdmin, userAgent: '' }));
  }

  let made = 0;
  async function makeHubs(wanted: Wanted[]): Promise<Place[]> {
    const hubs = wanted.map(({ type, kind, shown }) => {
      const name = `${prefix}-${kind}-${++made}${shown ? '-shown' : ''}`;
      const { visibility, archived } = kinds[kind];
      return { type, name, archived, visibility, shown, summary: marksOf({ type, name }).summary };
    });
    await insertHubs(pool, hubs, nameOf);
    const { rows } = await pool.query<Place>(placesSql, [hubs.map(({ name }) => name)]);
    const places = new Map(rows.map((place) => [place.name, place]));
    const found = hubs.map(({ name }) => places.get(name)).filter((place) => place !== undefined);
    await writeEntries(databaseUrl, found);
    return found;
  }

  async function makePerson(): Promise<Account> {
    const name = nameOf(`account-${++made}`);
    await createPerson(database, { username: name, fullName: '' });
    const { id } = await database.person.findUniqueOrThrow({ where: { username: name } });
    const given = { personId: id, issuer, siteAdmin: false, userAgent: '' };
    await database.identity.createMany({
      data: [name, `${name}-2`].map((subject) => ({ personId: id, issuer, subject })),
    });
    await startSession(database, given);
    const { id: session } = await database.session.findFirstOrThrow({ where: { personId: id } });
    return { id, name, token: await startSession(database, given), session, issuer, subject: name };
  }

  return {
    nameOf,
    sessions,
    makeHubs,
    makePerson,
    digestHubs: () => readDigests(pool, hubDigestsSql),
    digestPeople: () => readDigests(pool, personDigestsSql),
  };
}

interface HubRow {
  type: HubType;
  name: string;
}

async function insertHubs(pool: pg.Pool, hubs: HubRow[], nameOf: (role: string) => string): Promise<void> {
  const roles = Object.entries(cast).flatMap(([person, names]) =>
    names.map((role) => ({ person: nameOf(person), role })),
  );
  const made = hubs.map((hub) => ({ ...hub, marks: marksOf(hub) }));
  await pool.query(insertSql, [
    JSON.stringify(made),
    JSON.stringify(roles),
    ...[nameOf('asker'), nameOf('taker'), nameOf('applicant')],
  ]);
}

/** One statement, for a hub without an owner may not outlive it. */
const insertSql = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS hub(type "HubType", name citext, visibility "Visibility", archived boolean, shown boolean, summary text, marks jsonb)
  ), made AS (
    INSERT INTO hub (type, name, visibility, archived_at, summary, last_entry_at, members_activity)
    SELECT type, name, visibility, CASE WHEN archived THEN now() END, summary, CASE WHEN shown THEN now() END, false FROM given
    RETURNING id, type, name
  ), hubs AS (
    SELECT made.id, given.* FROM made JOIN given USING (type, name)
  ), roles AS (
    INSERT INTO role (hub_id, person_id, name, source)
    SELECT hubs.id, person.id, held.role, 'hubs'
    FROM hubs, jsonb_to_recordset($2::jsonb) AS held(person citext, role "RoleName")
      JOIN person ON person.username = held.person
  ), widgets AS (
    INSERT INTO widget (hub_id, "column", place, kind, restricted, settings)
    SELECT hubs.id, 'left'::"Column", 0, 'about', false, jsonb_build_object('text', marks->>'open') FROM hubs
    UNION ALL
    SELECT hubs.id, 'left'::"Column", 1, 'about', true, jsonb_build_object('text', marks->>'restricted') FROM hubs
    UNION ALL
    SELECT hubs.id, 'left'::"Column", 2, 'feed', false, '{}'::jsonb FROM hubs
    UNION ALL
    SELECT hubs.id, 'right'::"Column", 0, 'help', visibility = 'preview', '{}'::jsonb FROM hubs
    UNION ALL
    SELECT hubs.id, 'right'::"Column", 1, 'library', false, '{}'::jsonb FROM hubs
  ), links AS (
    INSERT INTO library_link (hub_id, url, title, place) SELECT id, 'https://example.org/', 'A link', 0 FROM hubs
  ), helps AS (
    INSERT INTO help_request (hub_id, title, created_at, state, asked_by_id, taken_by_id, taken_at)
    SELECT hubs.id, marks->>'help', CASE WHEN shown THEN now() ELSE now() - interval '1 day' END,
      'open'::"HelpState", asker.id, NULL, NULL::timestamptz
    FROM hubs, person asker WHERE asker.username = $3::citext
    UNION ALL
    SELECT hubs.id, 'Somebody does it', now(), 'taken', asker.id, taker.id, now()
    FROM hubs, person asker, person taker WHERE asker.username = $3::citext AND taker.username = $4::citext
  )
  INSERT INTO join_request (hub_id, person_id)
  SELECT hubs.id, applicant.id FROM hubs, person applicant WHERE applicant.username = $5::citext`;

const placesSql = `
  SELECT hub.type, hub.id, hub.name::text, hub.version,
    (SELECT id FROM widget WHERE hub_id = hub.id AND "column" = 'left' AND place = 0) AS open,
    (SELECT id FROM widget WHERE hub_id = hub.id AND "column" = 'left' AND place = 1) AS restricted,
    (SELECT id FROM widget WHERE hub_id = hub.id AND kind = 'feed') AS feed,
    (SELECT id FROM library_link WHERE hub_id = hub.id) AS link,
    (SELECT id FROM help_request WHERE hub_id = hub.id AND state = 'open') AS help,
    (SELECT id FROM help_request WHERE hub_id = hub.id AND state = 'taken') AS taken,
    (SELECT id FROM join_request WHERE hub_id = hub.id) AS request
  FROM hub WHERE name = ANY($1::citext[])`;

async function writeEntries(databaseUrl: string, places: Place[]): Promise<void> {
  const pool = openPool(databaseUrl);
  const settings = { FEEDS_URL: databaseUrl, DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: databaseUrl };
  const entries = places.map((place) => {
    const title = marksOf(place).entry;
    const message = {
      id: entryIdOf(place),
      topic: 'io.pagure.prod.pagure.issue.new',
      ...{ environment: 'prod', category: 'pagure', time: Date.now(), severity: 'info' as const },
      body: { agent: 'amara', project: { fullname: 'tracker' }, issue: { id: 1, title, content: '' } },
    };
    return makeEntry(message, describe(message), { hub: place.id, why: 'user:amara' });
  });
  await openFeeds(settings, pool).add(entries);
  await pool.end();
}

/** What follows later from a change (counts, last entry, previews) is none of it. */
const hubDigestsSql = `
  SELECT hub.id, md5(concat(to_jsonb(hub) - 'last_entry_at',
    (SELECT string_agg(role::text, '' ORDER BY role::text) FROM role WHERE hub_id = hub.id),
    (SELECT string_agg(widget::text, '' ORDER BY id) FROM widget WHERE hub_id = hub.id),
    (SELECT string_agg(concat(id, url, place), '' ORDER BY id) FROM library_link WHERE hub_id = hub.id),
    (SELECT string_agg(token_hash, '' ORDER BY id) FROM secret_link WHERE hub_id = hub.id),
    (SELECT string_agg(help_request::text, '' ORDER BY id) FROM help_request WHERE hub_id = hub.id),
    (SELECT string_agg(join_request::text, '' ORDER BY id) FROM join_request WHERE hub_id = hub.id))) AS digest
  FROM hub`;

const personDigestsSql = `
  SELECT person.id, md5(concat(person::text,
    (SELECT string_agg(concat(hub_id, name), '' ORDER BY hub_id, name) FROM role WHERE person_id = person.id),
    (SELECT string_agg(subject, '' ORDER BY subject) FROM identity WHERE person_id = person.id),
    (SELECT string_agg(id::text, '' ORDER BY id) FROM session WHERE person_id = person.id))) AS digest
  FROM person`;

async function readDigests(pool: pg.Pool, sql: string): Promise<Map<number, string>> {
  const { rows } = await pool.query<{ id: number; digest: string }>(sql);
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}
