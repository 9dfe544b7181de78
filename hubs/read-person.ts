// What the accounts system says of a person who has a hub here: full name and contact.
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { AccountPerson, Accounts } from '../upstreams/accounts/accounts.ts';
import { tellBrowsers } from './changes.ts';
import type { Contact } from './contact.ts';
import { keepFullNames } from './full-names.ts';
import { isTimeZone } from './time-zone.ts';

/** Promises to read the person again; what waits already is enough. */
export async function promiseReading(tx: Prisma.TransactionClient, username: string): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('read-person', json_build_object('username', ${username}::text),
      job_key := ${`read-person:${username.toLowerCase()}`}, max_attempts := 12)`;
}

/** Promises to read the groups of tied teams where what a sign-in claims and what stands here differ for the person. */
export async function promiseGroupReadings(
  tx: Prisma.TransactionClient,
  personId: number,
  claimed: string[],
): Promise<void> {
  // Providers that say nothing of groups claim none.
  if (claimed.length === 0) return;
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('read-group', json_build_object('group', hub.group_name::text),
      job_key := 'read-group:' || lower(hub.group_name::text), max_attempts := 12)
    FROM hub WHERE hub.type = 'team' AND hub.group_name IS NOT NULL
      AND (hub.group_name = ANY(${claimed}::citext[])) <> EXISTS (
        SELECT FROM role WHERE role.hub_id = hub.id AND role.person_id = ${personId} AND role.source = 'accounts')`;
}

/**
 * Reads somebody who has a hub and signs in through the accounts system; nobody else is shown.
 * @param accountsIssuer none: nobody signs in otherwise
 * @throws {UpstreamError}
 */
export async function readPerson(
  database: Database,
  accounts: Accounts,
  username: string,
  accountsIssuer: string | undefined,
): Promise<void> {
  const [own, other] = await Promise.all([
    database.hub.findUnique({ where: { type_name: { type: 'user', name: username } } }),
    database.identity.findMany({ where: { person: { username } }, select: { issuer: true } }),
  ]);
  const isOfAccounts =
    !accountsIssuer || other.length === 0 || other.some(({ issuer }) => issuer === accountsIssuer);
  if (!own || !isOfAccounts) return;
  const found = await accounts.person(username);
  // Somebody locked is not found: what was known of them is not shown any further.
  const contact = found ? contactOf(found) : {};
  const fullName = found?.fullName ?? '';
  await database.$transaction(async (tx) => {
    const before = await tx.person.findUnique({ where: { username } });
    if (!before || (before.fullName === fullName && isDeepStrictEqual(before.contact, contact))) return;
    await keepFullNames(tx, [{ username, fullName }]);
    await tx.person.update({ where: { username }, data: { contact } });
    await tellBrowsers(tx, own, 'hub');
  });
}

function contactOf({
  email,
  chat,
  timeZone,
  websites,
  memberSince,
  country,
  isPrivate,
}: AccountPerson): Contact {
  return {
    ...(email && { email }),
    ...(chat.length > 0 && { chat: chat.slice(0, 20) }),
    ...(timeZone && isTimeZone(timeZone) && { timeZone }),
    ...(websites.length > 0 && { websites: websites.slice(0, 20) }),
    ...(memberSince && { memberSince }),
    ...(country && { country }),
    ...(isPrivate && { private: true }),
  };
}
