// A team hub follows its group: made from it, tied to it, brought up to date with it.
import type { Prisma } from '../prisma/generated/client.ts';
import { type AccountGroup, namePattern } from '../upstreams/accounts/accounts.ts';
import { closeRequests } from './ask-to-join.ts';
import { hubEvent, promiseEvent, tellBrowsers } from './changes.ts';
import { defaultWidgets } from './defaults.ts';
import type { HubInfo } from './find-hub.ts';
import { bringRoles, findStrangers } from './group-roles.ts';
import { HubError } from './hub-error.ts';
import { promisePreview, titleFromUrl } from './library.ts';
import {
  changedSettings,
  doubtOf,
  type GroupSettings,
  linksOf,
  planRoles,
  settingsOf,
  type TeamPlan,
} from './plan-team.ts';

/** The changes look like a fault of the accounts system; nothing was done. */
export class HeldBack extends HubError {}

export interface FollowOptions {
  baseUrl: string;
  /** `sync` brings a tied team up to date; `make` makes it too; `adopt` ties a team made by hand as well. */
  how: 'sync' | 'make' | 'adopt';
  /** When the group was read. */
  readAt?: Date;
  /** Only through this provider do people of the accounts system sign in; others may have taken a name of theirs. */
  accountsIssuer?: string | undefined;
  /** Does also what `doubtOf` warns of. */
  force?: boolean;
  /** Changes nothing and says what it would. */
  dryRun?: boolean;
}

export interface Followed {
  name: string;
  /** Null where a dry run would make it. */
  hub: HubInfo | null;
  outcome: 'made' | 'adopted' | 'changed' | 'unchanged';
  plan: TeamPlan;
  /** Why it would be held back, in a dry run. */
  doubt: string | null;
}

/**
 * Brings the team hub of a group up to date. Settings follow the group where no owner changed them; of the roles only
 * those that the group brought; widgets stay. Who has no hubs yet becomes a person without. The caller refreshes
 * interests (widgets/interests.ts) unless nothing changed.
 * @throws {HeldBack} @throws {HubError} when the name can be no hub's, or the team is not the group's
 */
export async function followGroup(
  tx: Prisma.TransactionClient,
  group: AccountGroup,
  { readAt = new Date(), force = false, dryRun = false, ...options }: FollowOptions,
): Promise<Followed> {
  if (!namePattern.test(group.name)) {
    throw new HubError(
      `The group's name "${group.name}" can't be a hub's: use letters, digits, _ . - (64 at most, a letter or digit first)`,
    );
  }
  // Two who make the same hub at once: the second one updates it.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`team hub ${group.name.toLowerCase()}`}))`;
  const known = await tx.hub.findUnique({
    where: { type_name: { type: 'team', name: group.name } },
    include: { groupReading: true },
  });
  const { groupReading: reading = null, ...hub } = known ?? { id: 0 };
  const there = 'name' in hub ? hub : null;
  demandRight(group, there, options.how);
  const plan = await makePlan(tx, group, there, (reading?.said as GroupSettings | null) ?? null, options);
  const outcome = outcomeOf(there, plan);
  const doubt = force ? null : doubtOf(group, plan);
  const done = { name: there?.name ?? group.name, hub: there, outcome, plan, doubt };
  if (dryRun) return done;
  if (reading?.readAt && reading.readAt > readAt) return { ...done, outcome: 'unchanged' };
  if (doubt) throw new HeldBack(doubt, { code: 'conflict' });

  const brought = there ? await change(tx, group, there, plan, options) : await make(tx, group, options);
  const publishRoles = outcome === 'changed' || outcome === 'unchanged';
  await bringRoles(tx, brought, group, plan, publishRoles ? options : null);
  await closeRequests(tx, brought);
  const said = settingsOf(group) as Prisma.InputJsonObject;
  await tx.groupReading.upsert({
    where: { hubId: brought.id },
    create: { hubId: brought.id, readAt, said },
    update: { readAt, said, problem: null, problemAt: null },
  });
  return { ...done, hub: brought };
}

/** @throws {HubError} */
function demandRight(group: AccountGroup, hub: HubInfo | null, how: FollowOptions['how']): void {
  if (!hub && how === 'sync')
    throw new HubError(
      `There is no hub of the group ${group.name}; make it: hubs fas create-team ${group.name}`,
      {
        code: 'not_found',
      },
    );
  if (!hub && group.members.length + group.sponsors.length === 0)
    throw new HubError(
      `The group ${group.name} has nobody in it, so its hub would be nobody's. Add somebody to it in the accounts first.`,
    );
  if (hub && hub.groupName === null && how !== 'adopt')
    throw new HubError(
      `A team made by hand has the name ${hub.name} already, and stays as it is: give the group another name in the accounts, or tie the team to it: hubs fas create-team --adopt ${group.name}`,
      { code: 'conflict' },
    );
}

async function makePlan(
  tx: Prisma.TransactionClient,
  group: AccountGroup,
  hub: HubInfo | null,
  said: GroupSettings | null,
  { accountsIssuer }: Pick<FollowOptions, 'accountsIssuer'>,
): Promise<TeamPlan> {
  const held = hub
    ? await tx.role.findMany({
        where: { hubId: hub.id, source: 'accounts', name: { in: ['member', 'owner'] } },
        select: { name: true, person: { select: { username: true } } },
      })
    : [];
  const roles = held.map(({ name, person }) => ({
    username: person.username,
    name: name === 'owner' ? ('owner' as const) : ('member' as const),
  }));
  const strangers = await findStrangers(tx, [...group.members, ...group.sponsors], accountsIssuer);
  const now = settingsOf(group);
  return {
    settings: hub ? changedSettings(hub, said, now) : now,
    ...planRoles(group, roles, strangers),
  };
}

function outcomeOf(hub: HubInfo | null, { settings, given, taken }: TeamPlan): Followed['outcome'] {
  if (!hub) return 'made';
  if (hub.groupName === null) return 'adopted';
  return Object.keys(settings).length + given.length + taken.length > 0 ? 'changed' : 'unchanged';
}

async function make(
  tx: Prisma.TransactionClient,
  group: AccountGroup,
  { baseUrl }: { baseUrl: string },
): Promise<HubInfo> {
  const settings = settingsOf(group);
  const hub = await tx.hub.create({
    data: {
      ...settings,
      type: 'team',
      name: group.name,
      groupName: group.name,
      widgets: { create: defaultWidgets({ type: 'team', discourseTag: settings.discourseTag ?? null }) },
      links: {
        create: linksOf(group).map((url, place) => ({ url, title: titleFromUrl(url), place })),
      },
    },
    include: { links: true },
  });
  for (const link of hub.links) await promisePreview(tx, link.id);
  const { links: _, ...made } = hub;
  await promiseEvent(tx, hubEvent('hub.created', { hub: made, changedKeys: [], agent: null, baseUrl }));
  return made;
}

async function change(
  tx: Prisma.TransactionClient,
  group: AccountGroup,
  hub: HubInfo,
  { settings }: TeamPlan,
  { baseUrl }: { baseUrl: string },
): Promise<HubInfo> {
  const tie = hub.groupName === null ? { groupName: group.name } : {};
  const data = { ...settings, ...tie };
  const changedKeys = Object.keys(data);
  if (changedKeys.length === 0) return hub;
  const changed = await tx.hub.update({
    where: { id: hub.id },
    data: { ...data, version: { increment: 1 } },
  });
  await tellBrowsers(tx, changed, 'hub');
  await promiseEvent(tx, hubEvent('hub.updated', { hub: changed, changedKeys, agent: null, baseUrl }));
  return changed;
}
