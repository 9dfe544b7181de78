import type { HubInfo } from '../../hubs/find-hub.ts';
import { mayOffer, readMembership } from '../../hubs/membership.ts';
import type { ReadContext } from '../kind.ts';
import { type Period, periods } from './periods.ts';
import type { StatsSettings } from './settings.ts';

export interface StatsOwn {
  /** Members with the owners among them. */
  members: number;
  subscribers: number;
  /** How many hubs this person follows; 0 for teams. */
  subscribedTo: number;
  messages: number;
  period: Period;
  /** Counting began within the period: the first day that has a number (milliseconds since 1970). */
  countedSince: number | null;
  /** What the viewer is not yet and could become here; the header's menus have the rest. */
  offered: { subscribe: boolean; join: boolean };
}

interface Row extends Pick<StatsOwn, 'members' | 'subscribers' | 'subscribedTo' | 'messages'> {
  firstDay: Date | null;
}

const DAY = 86_400_000;

/** Each person counts once, whatever their roles; days are those of UTC. */
export async function readStats(
  { database, viewer, now }: ReadContext,
  hub: HubInfo,
  { period }: StatsSettings,
): Promise<StatsOwn> {
  const from = new Date(Math.floor(now / DAY) * DAY - (periods[period].days - 1) * DAY);
  const [row] = await database.$queryRaw<Row[]>`
    SELECT
      (SELECT count(DISTINCT person_id)::int FROM role
        WHERE hub_id = ${hub.id} AND name IN ('member', 'owner')) AS "members",
      (SELECT count(DISTINCT person_id)::int FROM role
        WHERE hub_id = ${hub.id} AND name = 'subscriber') AS "subscribers",
      (SELECT count(DISTINCT followed.hub_id)::int FROM role followed JOIN person ON person.id = followed.person_id
        WHERE ${hub.type} = 'user' AND person.username = ${hub.name}::citext AND followed.name = 'subscriber') AS "subscribedTo",
      (SELECT coalesce(sum(n), 0)::int FROM hub_day WHERE hub_id = ${hub.id} AND day >= ${from}::date) AS "messages",
      (SELECT min(day) FROM hub_day WHERE hub_id = ${hub.id}) AS "firstDay"`;
  if (!row) throw new Error('A query without FROM has one row.');
  const { firstDay, ...numbers } = row;
  const countedSince = firstDay && firstDay > from ? firstDay.getTime() : null;
  return { ...numbers, period, countedSince, offered: await readOffered({ database, viewer, now }, hub) };
}

async function readOffered(
  { database, viewer, now }: Pick<ReadContext, 'database' | 'viewer' | 'now'>,
  hub: HubInfo,
): Promise<StatsOwn['offered']> {
  const is = viewer && (await readMembership(database, viewer, hub.id, now));
  return {
    subscribe: !is?.subscribed && mayOffer(viewer, 'follow', hub),
    join: (is?.standing ?? 'none') === 'none' && mayOffer(viewer, 'join', hub),
  };
}
