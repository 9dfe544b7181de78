// Sessions lie on the server; the cookie holds a random word of which only the hash is kept.
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';
import type { Settings } from '../settings/settings.ts';
import { sessionEndChannel } from './changes.ts';
import type { Viewer } from './viewer.ts';

type Ends = Pick<Settings, 'SESSION_IDLE_MS' | 'SESSION_MAX_MS'>;

/** `seen_at` is written at most that often, so that a page view costs no write. */
const SEEN_MS = 5 * 60_000;

/** `__Host-` binds the cookie to this host over https; browsers refuse it on http, so localhost gets a plain name. */
export const cookieName = (baseUrl: string): string =>
  baseUrl.startsWith('https:') ? '__Host-hubs' : 'hubs';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Makes a session, always a new one: a word that somebody knew before the sign-in opens nothing.
 * @returns the secret for the cookie
 */
export async function startSession(
  tx: Prisma.TransactionClient,
  given: { personId: number; issuer: string; siteAdmin: boolean; userAgent: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.session.create({
    data: { ...given, userAgent: given.userAgent.slice(0, 300), tokenHash: hashOf(token) },
  });
  return token;
}

interface Row {
  session: number;
  seenAt: Date;
  personId: number;
  username: string;
  fullName: string;
  siteAdmin: boolean;
  roles: { hub: number; name: RoleName }[] | null;
}

function toViewer({
  personId: id,
  username,
  fullName,
  siteAdmin,
  session,
  roles: held,
}: Omit<Row, 'seenAt'>): Viewer {
  const roles = new Map<number, Set<RoleName>>();
  for (const { hub, name } of held ?? []) roles.set(hub, (roles.get(hub) ?? new Set()).add(name));
  return { person: { id, username, fullName }, siteAdmin, session, roles };
}

/** Who holds this secret: null where the session has ended (idle or for good), never was, or its person is banned. */
export async function findViewer(
  database: Database,
  token: string,
  ends: Ends,
  now = Date.now(),
): Promise<Viewer | null> {
  const [row] = await database.$queryRaw<Row[]>`
    SELECT session.id AS "session", session.seen_at AS "seenAt", person.id AS "personId",
      person.username::text AS "username", person.full_name AS "fullName",
      session.site_admin OR person.site_admin AS "siteAdmin",
      (SELECT json_agg(json_build_object('hub', role.hub_id, 'name', role.name)) FROM role
        WHERE role.person_id = person.id) AS "roles"
    FROM session JOIN person ON person.id = session.person_id
    WHERE session.token_hash = ${hashOf(token)} AND person.banned_at IS NULL
      AND session.seen_at > ${new Date(now - ends.SESSION_IDLE_MS)}
      AND session.created_at > ${new Date(now - ends.SESSION_MAX_MS)}`;
  if (!row) return null;
  if (row.seenAt.getTime() < now - SEEN_MS) {
    await database.session.updateMany({ where: { id: row.session }, data: { seenAt: new Date(now) } });
  }
  return toViewer(row);
}

/** The person as one who reads without a session (0), by a secret link; null where they are banned. */
export async function findPerson(database: Database, personId: number): Promise<Viewer | null> {
  const person = await database.person.findFirst({
    where: { id: personId, bannedAt: null },
    include: { roles: true },
  });
  if (!person) return null;
  const roles = person.roles.map(({ hubId: hub, name }) => ({ hub, name }));
  return toViewer({ ...person, personId, session: 0, roles });
}

/** Ends one session of the person, and its open streams; others' stay, whatever the id. */
export async function endSession(database: Database, personId: number, id: number): Promise<void> {
  await database.$executeRaw`
    WITH ended AS (DELETE FROM session WHERE id = ${id} AND person_id = ${personId} RETURNING id)
    SELECT pg_notify(${sessionEndChannel}, id::text) FROM ended`;
}

/** Ends all sessions of the viewer but the one they speak through. */
export async function endOtherSessions(database: Database, viewer: Viewer): Promise<number> {
  return database.$executeRaw`
    WITH ended AS (
      DELETE FROM session WHERE person_id = ${viewer.person.id} AND id <> ${viewer.session} RETURNING id)
    SELECT pg_notify(${sessionEndChannel}, id::text) FROM ended`;
}

/** Ends the viewer's sessions that were begun with this provider, but for the one they speak through. */
export async function endSessionsOf(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  issuer: string,
): Promise<void> {
  await tx.$executeRaw`
    WITH ended AS (
      DELETE FROM session WHERE person_id = ${viewer.person.id} AND issuer = ${issuer} AND id <> ${viewer.session}
      RETURNING id)
    SELECT pg_notify(${sessionEndChannel}, id::text) FROM ended`;
}

/** Ends the person's open streams, for what they may has changed: their browsers come back, and are looked at anew. */
export async function endStreamsOf(tx: Prisma.TransactionClient, personId: number): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_notify(${sessionEndChannel}, id::text) FROM session WHERE person_id = ${personId}`;
}

/** The viewer's sessions that have not ended, last seen first. */
export function listSessions(database: Database, viewer: Viewer, ends: Ends, now = Date.now()) {
  return database.session.findMany({
    where: {
      personId: viewer.person.id,
      seenAt: { gt: new Date(now - ends.SESSION_IDLE_MS) },
      createdAt: { gt: new Date(now - ends.SESSION_MAX_MS) },
    },
    select: { id: true, userAgent: true, createdAt: true, seenAt: true, issuer: true },
    orderBy: { seenAt: 'desc' },
  });
}
