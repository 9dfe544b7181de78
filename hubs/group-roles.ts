// The roles that a group brings to its team hub.
import type { Prisma } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';
import { type AccountGroup, namePattern } from '../upstreams/accounts/accounts.ts';
import { promiseEvent, roleEvent, tellBrowsers } from './changes.ts';
import type { HubInfo } from './find-hub.ts';
import { keepFullNames } from './full-names.ts';
import { tellPeople } from './move-role.ts';
import type { GroupRole, TeamPlan } from './plan-team.ts';

/**
 * Names, in lower case, that nobody of the accounts system holds here: who signs in with another provider took them, or
 * they can be no name.
 * @param accountsIssuer none: nobody signs in otherwise
 */
export async function findStrangers(
  tx: Prisma.TransactionClient,
  usernames: string[],
  accountsIssuer: string | undefined,
): Promise<Set<string>> {
  const impossible = usernames.filter((username) => !namePattern.test(username));
  const rows = accountsIssuer
    ? await tx.$queryRaw<{ username: string }[]>`
        SELECT username::text FROM person WHERE username = ANY(${usernames}::citext[])
          AND EXISTS (SELECT FROM identity WHERE person_id = person.id)
          AND NOT EXISTS (SELECT FROM identity WHERE person_id = person.id AND issuer = ${accountsIssuer})`
    : [];
  return new Set([...impossible, ...rows.map(({ username }) => username)].map((name) => name.toLowerCase()));
}

/**
 * Gives and takes what the plan says, and keeps people's full names as the accounts have them.
 * @param publish what events say; null: none, for a team that is new with its people
 */
export async function bringRoles(
  tx: Prisma.TransactionClient,
  hub: HubInfo,
  group: AccountGroup,
  { given, taken, strangers }: TeamPlan,
  publish: { baseUrl: string } | null,
): Promise<void> {
  const others = new Set(strangers.map((name) => name.toLowerCase()));
  const people = [...new Set([...group.members, ...group.sponsors])]
    .filter((username) => !others.has(username.toLowerCase()))
    .map((username) => ({ username, fullName: group.fullNames.get(username.toLowerCase()) ?? '' }));
  await keepFullNames(tx, people);
  if (given.length + taken.length === 0) return;
  const changed = await peopleOf(tx, [...given, ...taken]);
  const rowsOf = (roles: GroupRole[]) =>
    roles.flatMap(({ username, name }) => {
      const person = changed.get(username.toLowerCase());
      return person ? [{ hubId: hub.id, personId: person.id, name, source: 'accounts' as const }] : [];
    });
  await takeRoles(tx, hub, rowsOf(taken));
  await tx.role.createMany({ data: rowsOf(given), skipDuplicates: true });
  const forgotten = await forgetPrivate(
    tx,
    hub,
    rowsOf(taken).map((row) => row.personId),
  );
  const events = publish ? [...eventsOf(given, taken), ...forgotten] : [];
  for (const { what, username, role, oldRole } of events) {
    const spelt = changed.get(username.toLowerCase())?.username ?? username;
    // Who did it in the accounts system nobody knows here: to readers it is the person's own doing.
    const who = { username: spelt, agent: spelt, hub, baseUrl: publish?.baseUrl ?? '' };
    await promiseEvent(tx, roleEvent(what, { ...who, role, ...(oldRole && { oldRole }) }));
  }
  // Whoever listens is asked again what they may hear.
  await tellBrowsers(tx, hub, 'role');
  await tellPeople(
    tx,
    [...changed.values()].map(({ id }) => id),
  );
}

const takeRoles = (
  tx: Prisma.TransactionClient,
  hub: HubInfo,
  rows: { personId: number; name: string }[],
): Promise<number> => tx.$executeRaw`
  DELETE FROM role
  USING unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.name)}::text[]) AS gone (person_id, name)
  WHERE role.hub_id = ${hub.id} AND role.source = 'accounts'
    AND role.person_id = gone.person_id AND role.name::text = gone.name`;

interface RoleChange {
  what: 'added' | 'changed' | 'removed';
  username: string;
  role: RoleName;
  oldRole?: RoleName;
}

/** One role in the place of another is one change. */
function eventsOf(given: GroupRole[], taken: GroupRole[]): RoleChange[] {
  const left = new Map(taken.map((role) => [role.username.toLowerCase(), role]));
  const changes = given.map(({ username, name }): RoleChange => {
    const old = left.get(username.toLowerCase());
    if (!old) return { what: 'added', username, role: name };
    left.delete(username.toLowerCase());
    return { what: 'changed', username, role: name, oldRole: old.name };
  });
  const replaced = new Set(taken.filter((role) => !left.has(role.username.toLowerCase())));
  return [
    ...changes,
    ...taken
      .filter((role) => !replaced.has(role))
      .map(({ username, name }): RoleChange => ({ what: 'removed', username, role: name })),
  ];
}

async function peopleOf(tx: Prisma.TransactionClient, roles: GroupRole[]) {
  const names = [...new Set(roles.map(({ username }) => username))];
  const rows = await tx.$queryRaw<{ id: number; username: string }[]>`
    SELECT id, username::text FROM person WHERE username = ANY(${names}::citext[])`;
  return new Map(rows.map((person) => [person.username.toLowerCase(), person]));
}

/** Of a private hub that is no longer theirs to see nobody keeps a star or a subscription. */
async function forgetPrivate(
  tx: Prisma.TransactionClient,
  hub: HubInfo,
  personIds: number[],
): Promise<RoleChange[]> {
  if (hub.visibility !== 'private') return [];
  const rows = await tx.$queryRaw<{ username: string; role: RoleName }[]>`
    DELETE FROM role USING person
    WHERE person.id = role.person_id AND role.hub_id = ${hub.id} AND role.person_id = ANY(${personIds}::int[])
      AND role.name IN ('stargazer', 'subscriber') AND NOT EXISTS (
        SELECT FROM role other WHERE other.hub_id = role.hub_id AND other.person_id = role.person_id
          AND other.name IN ('member', 'owner'))
    RETURNING person.username::text AS "username", role.name::text AS "role"`;
  return rows.map((row) => ({ what: 'removed', ...row }));
}
