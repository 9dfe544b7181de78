// From who a provider says somebody is to who they are in Hubs.
import type { Prisma } from '../prisma/generated/client.ts';
import type { Claims } from '../upstreams/oidc/claims.ts';
import { promiseBackfill } from './backfill.ts';
import { promiseEvent } from './changes.ts';
import { createPerson } from './create-person.ts';
import { hubPath } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { promiseGroupReadings, promiseReading } from './read-person.ts';
import { endSessionsOf, startSession } from './sessions.ts';
import type { Viewer } from './viewer.ts';

export interface SignInRules {
  /**
   * The issuer of the accounts system: only it may speak for people whom roles brought here and who never signed in,
   * and only its groups make site admins. Elsewhere anybody may call themselves or a group as they like.
   */
  accountsIssuer: string | undefined;
  /** The accounts system can be asked: what its people are called is read there, not taken from what they bring. */
  readsAccounts: boolean;
  siteAdminGroups: string[];
  baseUrl: string;
  /** Where an issuer's people sign in, for a sentence: the provider's label. */
  labelOf(issuer: string): string;
  /** Fills the new hubs' feeds (widgets/interests.ts). */
  refreshInterests(tx: Prisma.TransactionClient, hubId: number): Promise<void>;
}

/**
 * Signs in whom the claims speak of, in the caller's transaction. The first time a person is made, with user hub and
 * stream; somebody whom roles brought here becomes theirs.
 * @returns the secret for the session's cookie
 * @throws {HubError} when the person is banned, or the name is held through another account or can't be one
 */
export async function signIn(
  tx: Prisma.TransactionClient,
  claims: Claims,
  userAgent: string,
  rules: SignInRules,
): Promise<{ token: string; person: { id: number; username: string }; isFirst: boolean }> {
  // Two tabs that sign the same person in for the first time, and two people who want one name, come one by one.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`sign in ${claims.username.toLowerCase()}`}))`;
  const known = await findByIdentity(tx, claims);
  if (known?.bannedAt) throw banned();
  if (!known) await demandFreeName(tx, claims, rules);
  const username = known?.username ?? claims.username;
  const isOfAccounts = claims.issuer === rules.accountsIssuer;
  const isRead = isOfAccounts && rules.readsAccounts;
  const { hubs, created } = await createPerson(tx, { username, fullName: isRead ? null : claims.fullName });
  if (created) for (const hub of hubs) await rules.refreshInterests(tx, hub.id);
  const person = known ?? (await addIdentity(tx, claims));
  if (!known) {
    await promiseEvent(tx, userCreated(person.username, rules.baseUrl));
    await promiseBackfill(tx, person.username);
  }
  if (isRead) {
    await promiseReading(tx, person.username);
    await promiseGroupReadings(tx, person.id, claims.groups);
  }
  const siteAdmin = isOfAccounts && claims.groups.some((group) => rules.siteAdminGroups.includes(group));
  const token = await startSession(tx, { personId: person.id, issuer: claims.issuer, siteAdmin, userAgent });
  return { token, person, isFirst: known === null };
}

const identityOf = ({ issuer, subject }: Claims) => ({ issuer_subject: { issuer, subject } });

async function findByIdentity(tx: Prisma.TransactionClient, claims: Claims) {
  const identity = await tx.identity.findUnique({ where: identityOf(claims), include: { person: true } });
  return identity?.person ?? null;
}

const banned = () =>
  new HubError(
    'You can’t sign in here: those who run this site closed your account. Write to them if you think that is wrong.',
    { code: 'not_allowed' },
  );

/** The name may be new, or of somebody whom roles brought here and who never signed in. @throws {HubError} */
async function demandFreeName(tx: Prisma.TransactionClient, claims: Claims, rules: SignInRules) {
  const { username, issuer } = claims;
  const holder = await tx.person.findUnique({
    where: { username },
    select: { bannedAt: true, identities: { select: { issuer: true } } },
  });
  if (!holder) return;
  if (holder.bannedAt) throw banned();
  const through = holder.identities[0]?.issuer ?? rules.accountsIssuer ?? '';
  if (holder.identities.length > 0 || issuer !== rules.accountsIssuer)
    throw nameHeld(username, rules.labelOf(through), through === issuer);
}

const addIdentity = (tx: Prisma.TransactionClient, { username, issuer, subject }: Claims) =>
  tx.person.update({ where: { username }, data: { identities: { create: { issuer, subject } } } });

const nameHeld = (username: string, label: string, isSameIssuer: boolean) =>
  new HubError(
    isSameIssuer
      ? `The name ${username} belongs to another account of ${label} here. Write to those who run this site if that account was yours.`
      : `The name ${username} is taken here by somebody who signs in with ${label}. If that is you, sign in with ${label} and link this account under Settings, Accounts.`,
    { code: 'conflict' },
  );

const userCreated = (username: string, baseUrl: string) => ({
  topic: 'hubs.user.created' as const,
  outside: true,
  body: {
    username,
    hub_name: username,
    hub_type: 'user',
    hub_url: new URL(hubPath({ type: 'user', name: username }), baseUrl).href,
    agent: username,
  },
});

/**
 * Lets the viewer sign in with another account too.
 * @throws {HubError} when it is somebody else's
 */
export async function linkIdentity(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  claims: Claims,
): Promise<void> {
  const { issuer, subject } = claims;
  await tx.identity.createMany({
    data: { issuer, subject, personId: viewer.person.id },
    skipDuplicates: true,
  });
  const person = await findByIdentity(tx, claims);
  if (person?.id !== viewer.person.id)
    throw new HubError(
      `That account signs in ${person?.username ?? 'somebody else'} here, so it can’t be linked to yours.`,
      { code: 'conflict' },
    );
}

/** The accounts the viewer signs in with, oldest first. */
export const listIdentities = (tx: Prisma.TransactionClient, viewer: Viewer) =>
  tx.identity.findMany({
    where: { personId: viewer.person.id },
    select: { issuer: true, subject: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
  });

/**
 * Takes one of the viewer's accounts away; sessions that were begun with it end, but for the one they speak through.
 * @throws {HubError} when it is the last, for nobody could sign in any more
 */
export async function unlinkIdentity(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<void> {
  const personId = viewer.person.id;
  // Two that are taken away at once would leave none.
  await tx.$executeRaw`SELECT 1 FROM person WHERE id = ${personId} FOR UPDATE`;
  const [{ count }, left] = [
    await tx.identity.deleteMany({ where: { issuer, subject, personId } }),
    await tx.identity.findMany({ where: { personId }, select: { issuer: true } }),
  ];
  if (count === 0) throw new HubError('That account is not linked to yours.', { code: 'not_found' });
  if (left.length === 0)
    throw new HubError('This is the only account you can sign in with. Link another one first.', {
      code: 'conflict',
    });
  if (!left.some((one) => one.issuer === issuer)) await endSessionsOf(tx, viewer, issuer);
}
