// A team that no group of the accounts stands behind, made by somebody signed in.
import { Prisma } from '../prisma/generated/client.ts';
import type { JoinMode, TeamKind } from '../prisma/generated/enums.ts';
import { hubEvent, promiseEvent, roleEvent } from './changes.ts';
import { defaultWidgets } from './defaults.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { may } from './permissions.ts';
import { nameProblem, SKELETON_SQL, skeleton } from './team-names.ts';
import type { Viewer } from './viewer.ts';

export interface NewTeam {
  name: string;
  teamKind: TeamKind;
  summary: string;
  description: string;
  visibility: HubInfo['visibility'];
  joinMode: JoinMode;
}

/** A second press of the button within this time is not a second team. */
const SAME_PRESS_MS = 60_000;

/**
 * Makes the team; who makes it owns it. What fills its feed is the caller's to refresh (widgets/interests.ts).
 * @param groupExists the accounts system has a group of the name
 * @returns the hub, and whether it is new: the same press twice makes one
 * @throws {HubError} naming the field
 */
export async function makeTeam(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  team: NewTeam,
  { groupExists, baseUrl, now = Date.now() }: { groupExists: boolean; baseUrl: string; now?: number },
): Promise<{ hub: HubInfo; created: boolean }> {
  const problem = nameProblem(team.name);
  if (problem) throw new HubError(problem, { field: 'name' });
  if (groupExists) {
    throw new HubError(
      `The accounts system has a group ${team.name}, and its hub is the group's. Choose another name, or ask an administrator to make the group's hub.`,
      { field: 'name', code: 'conflict' },
    );
  }
  // Names are compared with all others, so teams are made one after another; the second lock is create-team's.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('team names'))`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`team hub ${team.name.toLowerCase()}`}))`;
  const known = await findLookAlike(tx, viewer, team.name, now);
  if (known) return { hub: known, created: false };

  const agent = viewer.person.username;
  const hub = await tx.hub.create({
    data: {
      ...team,
      type: 'team',
      roles: { create: { personId: viewer.person.id, name: 'owner', source: 'hubs' } },
      widgets: { create: defaultWidgets({ type: 'team', discourseTag: null }) },
    },
  });
  await promiseEvent(tx, hubEvent('hub.created', { hub, changedKeys: [], agent, baseUrl }));
  await promiseEvent(tx, roleEvent('added', { username: agent, hub, role: 'owner', agent, baseUrl }));
  return { hub, created: true };
}

/**
 * The team of this name that the viewer has made just now, if they have.
 * @throws {HubError} when there is a team that would be mistaken for it; of one they may not know the name is not said
 */
async function findLookAlike(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  name: string,
  now: number,
): Promise<HubInfo | null> {
  const [found] = await tx.$queryRaw<{ id: number }[]>`
    SELECT hub.id FROM hub WHERE hub.type = 'team' AND ${Prisma.raw(SKELETON_SQL)} = ${skeleton(name)}
    ORDER BY (hub.name = ${name}::citext) DESC LIMIT 1`;
  if (!found) return null;
  const hub = await tx.hub.findUniqueOrThrow({
    where: { id: found.id },
    include: { roles: { where: { personId: viewer.person.id, name: 'owner', source: 'hubs' } } },
  });
  const { roles, ...known } = hub;
  const fresh = known.createdAt.getTime() > now - SAME_PRESS_MS && known.groupName === null;
  if (roles.length > 0 && fresh && known.name === name) return known;
  const same = known.name.toLowerCase() === name.toLowerCase();
  const which = may(viewer, 'know', known) ? `the hub ${known.name}` : 'a hub that is there already';
  throw new HubError(
    same
      ? `The name ${name} is taken. Choose another one.`
      : `${name} would be mistaken for ${which}. Choose a name that differs in more than its case, its dots and dashes, or 0 for o and 1 for l.`,
    { field: 'name', code: 'conflict' },
  );
}
