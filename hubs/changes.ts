// What follows from a change, in the change's own transaction: browsers hear of it at the commit, the bus after it.
import type { Notice } from '../bus/streams.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';
import { type HubInfo, hubPath } from './find-hub.ts';
import { audienceOf } from './permissions.ts';

/** The PostgreSQL channel on which sse hears notices (bus/streams.ts) of changes made in Hubs itself. */
export const noticeChannel = 'hubs_notice';

/** The channel on which sse hears that a session ended; the payload is its row's id. */
export const sessionEndChannel = 'hubs_session_end';

/** An event that Hubs publishes on the bus; the topic stands after the environment. */
export interface HubsEvent {
  topic:
    | 'hubs.user.created'
    | 'hubs.user.role.added'
    | 'hubs.user.role.changed'
    | 'hubs.user.role.removed'
    | 'hubs.hub.created'
    | 'hubs.hub.updated'
    | 'hubs.widget.updated';
  body: Record<string, unknown>;
  /** Private hubs and streams publish nothing outside. */
  outside: boolean;
}

type Told = Pick<HubInfo, 'id' | 'type' | 'visibility'>;

/**
 * Tells the browsers at the commit that something of each hub is new, and promises it to those that come back later: a
 * job adds it to hubs:notices. However often a transaction says the same, it is told once.
 */
export async function tellBrowsers(
  tx: Prisma.TransactionClient,
  hubs: Told | Told[],
  what: Notice['what'],
): Promise<void> {
  const notices = [hubs].flat().map((hub): Notice => ({ hub: hub.id, what, audience: audienceOf(hub) }));
  await tx.$executeRaw`
    SELECT pg_notify(${noticeChannel}, told::text),
      graphile_worker.add_job('tell-browsers', told::json, job_key := 'tell-browsers:' || md5(told::text))
    FROM (SELECT notice || jsonb_build_object('change', pg_current_xact_id()::text)
      FROM jsonb_array_elements(${JSON.stringify(notices)}::jsonb) AS given (notice)) AS changed (told)`;
}

/** Promises the event: one named queue, so events leave in the order of their commits. */
export async function promiseEvent(tx: Prisma.TransactionClient, event: HubsEvent): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('publish-event', ${JSON.stringify({ ...event, at: Date.now() })}::json, queue_name := 'events')`;
}

/** Promises to empty the feeds of hubs that are deleted; a store that is away is waited for. */
export async function promiseClearFeeds(tx: Prisma.TransactionClient, hubs: number[]): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('clear-feed', json_build_object('hub', hub)) FROM unnest(${hubs}::int[]) AS given (hub)`;
}

type Named = Pick<HubInfo, 'id' | 'type' | 'name' | 'visibility'>;

/** Stream hubs have no address. */
const addressOf = (hub: Named, baseUrl: string) =>
  hub.type === 'stream' ? {} : { hub_url: new URL(hubPath(hub), baseUrl).href };

/** Fields of role events: username, hub_name, hub_url, hub_type, role, agent, and old_role where it changed. */
export const roleEvent = (
  what: 'added' | 'changed' | 'removed',
  given: { username: string; hub: Named; role: RoleName; oldRole?: RoleName; agent: string; baseUrl: string },
): HubsEvent => ({
  topic: `hubs.user.role.${what}`,
  outside: given.hub.visibility !== 'private',
  body: {
    username: given.username,
    hub_name: given.hub.name,
    hub_type: given.hub.type,
    ...addressOf(given.hub, given.baseUrl),
    role: given.role,
    ...(given.oldRole ? { old_role: given.oldRole } : {}),
    agent: given.agent,
  },
});

/** Fields of hub events: hub_id, hub_name, hub_type, hub_url, changed_keys, agent; of widget events also the widget's. */
export const hubEvent = (
  what: 'hub.created' | 'hub.updated' | 'widget.updated',
  given: {
    hub: Named;
    changedKeys: string[];
    /** Null: the operator. */
    agent: string | null;
    baseUrl: string;
    widget?: { id: number; label: string };
  },
): HubsEvent => ({
  topic: `hubs.${what}`,
  outside: given.hub.visibility !== 'private',
  body: {
    hub_id: given.hub.id,
    hub_name: given.hub.name,
    hub_type: given.hub.type,
    ...addressOf(given.hub, given.baseUrl),
    ...(given.widget ? { widget_id: given.widget.id, widget_label: given.widget.label } : {}),
    changed_keys: given.changedKeys,
    agent: given.agent,
  },
});
