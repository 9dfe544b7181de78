// Tells browsers what is heard: notices in the order of the stream, and changes made in Hubs itself, which come twice,
// from PostgreSQL at their commit and from the stream when their job has run (hubs/changes.ts): they are told once, by
// whichever way is first, and never before it is decided anew who may hear.
import type { Log } from '../runtime/log.ts';
import type { Backlog } from './backlog.ts';
import type { Clients } from './clients.ts';
import { noticeEvent } from './event.ts';
import type { Heard } from './follow-notices.ts';
import type { Rights } from './rights.ts';
import type { Position } from './stream-id.ts';

/** Jobs that do not run leave changes without a place in the stream; so many are remembered. */
const HALVES_LIMIT = 1_000;

export interface Teller {
  hearNotices(batch: Heard[]): void;
  hearChange(change: Heard): void;
  /** Ends the streams of a session. */
  endSession(session: number): void;
  /** How many changes of roles, visibility and sessions, among others, were heard so far. */
  changesHeard(): number;
  /** A change that the stream already has is not told yet: a position given now would lie after it. */
  isDeciding(): boolean;
  /** Changes that were told, and that the stream is still to bring: for those who were not there. */
  unplaced(hears: Rights['hears']): Buffer[];
  /** Changes may not have been heard, and everybody fetches everything: nothing is half told any more. */
  forget(): void;
}

interface Given {
  clients: Clients;
  backlog: Backlog;
  /** Decides anew who may hear of a hub. */
  recheck(hub: number): Promise<void>;
  position(): Position | null;
  log: Log;
}

export function openTeller({ clients, backlog, recheck, position, log }: Given): Teller {
  /** Changes that came one way, with an id by the stream and without one by PostgreSQL, and not yet the other. */
  const halves = new Map<string, Heard>();
  let changesHeard = 0;
  let deciding = 0;

  function isSecondHalf(change: Heard): boolean {
    if (change.change === undefined) return false; // an older Hubs says it once
    const key = `${change.change} ${JSON.stringify(change.notice)}`;
    const first = halves.get(key);
    if (first && (first.id === null) !== (change.id === null)) return halves.delete(key);
    halves.set(key, change);
    if (halves.size > HALVES_LIMIT) {
      halves.clear();
      const now = position();
      if (now) backlog.skip(now);
    }
    return false;
  }

  async function hearChange(change: Heard): Promise<void> {
    if (isSecondHalf(change)) return;
    const { hub, what } = change.notice;
    changesHeard += 1;
    if (what === 'role' || what === 'hub') {
      deciding += 1;
      try {
        await recheck(hub);
      } catch (error) {
        log.warn({ err: error }, 'rights could not be checked: the streams of the hub end, and come back');
        for (const { response } of clients.listeners(hub)) response.end();
        return;
      } finally {
        deciding -= 1;
      }
    }
    tell(clients, [{ ...change, id: null }]);
  }

  return {
    hearNotices(batch) {
      for (const heard of batch) backlog.keep(heard);
      for (const heard of batch) if (heard.change !== undefined) void hearChange(heard);
      const news = batch.filter(({ change }) => change === undefined);
      tell(clients, deciding > 0 ? news.map((heard) => ({ ...heard, id: null })) : news);
    },
    hearChange: (change) => void hearChange(change),
    endSession(session) {
      changesHeard += 1;
      clients.endSession(session);
    },
    changesHeard: () => changesHeard,
    isDeciding: () => deciding > 0,
    unplaced: (hears) =>
      [...halves.values()]
        .filter(({ id, notice }) => id === null && hears.get(notice.hub)?.has(notice.audience))
        .map(noticeEvent),
    forget() {
      changesHeard += 1;
      halves.clear();
    },
  };
}

/**
 * Notices that say the same become one, the newest: a burst in one hub makes its pages fetch once. Serialised once,
 * sent to many, to each what they may hear.
 */
function tell(clients: Clients, batch: Heard[]): void {
  const news = new Map<string, Heard>();
  for (const heard of batch) {
    if (!clients.isHeard(heard.notice.hub)) continue;
    const saying = JSON.stringify(heard.notice);
    news.delete(saying);
    news.set(saying, heard);
  }
  clients.cutSlow();
  for (const heard of news.values())
    clients.send(heard.notice.hub, heard.notice.audience, noticeEvent(heard));
}
