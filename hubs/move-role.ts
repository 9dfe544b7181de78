// Giving and taking the roles that Hubs itself gives, with what follows: the event, and word to the browsers.
import type { Prisma } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';
import { promiseEvent, roleEvent, tellBrowsers } from './changes.ts';
import type { Entered } from './enter-hub.ts';

interface Somebody {
  id: number;
  username: string;
}

const keyOf = (entered: Entered, person: Somebody, name: RoleName) => ({
  hubId: entered.hub.id,
  personId: person.id,
  name,
  source: 'hubs' as const,
});

async function follow(
  { tx, hub, viewer, baseUrl }: Entered,
  what: 'added' | 'changed' | 'removed',
  person: Somebody,
  roles: { role: RoleName; oldRole?: RoleName },
): Promise<void> {
  const agent = viewer.person.username;
  await promiseEvent(tx, roleEvent(what, { username: person.username, hub, agent, baseUrl, ...roles }));
  await tellBrowsers(tx, hub, 'role');
}

/** @returns whether they did not hold it before */
export async function giveRole(entered: Entered, person: Somebody, role: RoleName): Promise<boolean> {
  const { count } = await entered.tx.role.createMany({
    data: [keyOf(entered, person, role)],
    skipDuplicates: true,
  });
  if (count > 0) await follow(entered, 'added', person, { role });
  return count > 0;
}

/** @returns whether they held it */
export async function takeRole(entered: Entered, person: Somebody, role: RoleName): Promise<boolean> {
  const { count } = await entered.tx.role.deleteMany({ where: keyOf(entered, person, role) });
  if (count > 0) await follow(entered, 'removed', person, { role });
  return count > 0;
}

/** Puts one role in the place of another, as one change. */
export async function turnRole(
  entered: Entered,
  person: Somebody,
  oldRole: RoleName,
  role: RoleName,
): Promise<void> {
  await entered.tx.role.deleteMany({ where: keyOf(entered, person, oldRole) });
  await entered.tx.role.createMany({ data: [keyOf(entered, person, role)], skipDuplicates: true });
  await follow(entered, 'changed', person, { role, oldRole });
}

/** What a person is to the hub, and by whom: `member accounts`. */
export async function rolesHeld({ tx, hub }: Entered, personId: number): Promise<Set<string>> {
  const rows = await tx.role.findMany({ where: { hubId: hub.id, personId } });
  return new Set(rows.map((role) => `${role.name} ${role.source}`));
}

/** Whether anybody but this person owns the hub. */
export async function hasOtherOwner({ tx, hub }: Entered, personId: number): Promise<boolean> {
  const other = await tx.role.findFirst({
    where: { hubId: hub.id, name: 'owner', personId: { not: personId } },
  });
  return other !== null;
}

/** Has the pages of these people (their hub and their stream) look again at what waits on them. */
export async function tellPeople(tx: Prisma.TransactionClient, personIds: number[]): Promise<void> {
  const own = await tx.hub.findMany({
    where: {
      type: { in: ['user', 'stream'] },
      roles: { some: { name: 'owner', personId: { in: personIds } } },
    },
    select: { id: true, type: true, visibility: true },
  });
  await tellBrowsers(tx, own, 'role');
}

/** Has the owners' pages look again at what waits on them. */
export async function tellOwners({ tx, hub }: Entered): Promise<void> {
  const owners = await tx.role.findMany({ where: { hubId: hub.id, name: 'owner' } });
  await tellPeople(
    tx,
    owners.map((owner) => owner.personId),
  );
}
