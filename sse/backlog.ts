// What browsers missed that come back, or whose page was rendered a moment ago. Of notices that say the same only the newest is kept, so that a lively hub costs
// no more than a quiet one, and whoever was away for long fetches no more than once.
import { REPLAY_BYTES } from './clients.ts';
import { noticeEvent } from './event.ts';
import type { Heard } from './follow-notices.ts';
import type { Rendered } from './last-event.ts';
import type { Rights } from './rights.ts';
import { isAfter, type Position, readPosition, type StreamId } from './stream-id.ts';

/** As many as hubs:notices keeps (jobs/notices.ts): some 5 MB. */
const KEPT = 10_000;
/** What was heard so long before a page was rendered is told, too: the clock of the web may be ahead of ours. */
const SLACK_MS = 2_000;

interface Kept {
  id: StreamId;
  heard: Heard;
  /** By our clock; what the stream had before us counts as heard when we began. */
  heardMs: number;
}

export interface Backlog {
  /** Starts anew: everything that came after `since` is among the notices, or will be kept. */
  begin(since: StreamId, notices: Heard[]): void;
  /** Keeps what was read from the stream, in its order. */
  keep(heard: Heard): void;
  /** Whoever was at this place or before it can't be told any more what they missed. */
  skip(place: Position): void;
  /**
   * What was kept after the place, or since the page was rendered, and may be heard, in order; null where something of it
   * is gone, and where it is more than a client is sent at once.
   * @param now up to where everything was read
   */
  after(place: Position | Rendered, now: Position, hears: Rights['hears']): Buffer[] | null;
}

/** @param readClock milliseconds since 1970 */
export function openBacklog(limit = KEPT, readClock = Date.now): Backlog {
  let since: StreamId = { ms: 0, seq: 0 };
  /** All that was heard later than that is kept. */
  let wholeMs = readClock();
  /** By what they say, the one that was said longest ago first. */
  const sayings = new Map<string, Kept>();
  const byHub = new Map<number, Map<string, Kept>>();

  function forget(saying: string): void {
    const kept = sayings.get(saying);
    if (!kept) return;
    sayings.delete(saying);
    const { hub } = kept.heard.notice;
    const ofHub = byHub.get(hub);
    ofHub?.delete(saying);
    if (ofHub?.size === 0) byHub.delete(hub);
  }

  function keep(heard: Heard): void {
    const id = readPosition(heard.id ?? '')?.id;
    if (!id) return;
    const { hub } = heard.notice;
    const saying = JSON.stringify(heard.notice);
    forget(saying);
    const kept = { id, heard, heardMs: readClock() };
    sayings.set(saying, kept);
    byHub.set(hub, (byHub.get(hub) ?? new Map()).set(saying, kept));
    const oldest = sayings.entries().next().value;
    if (sayings.size <= limit || !oldest) return;
    if (isAfter(oldest[1].id, since)) since = oldest[1].id;
    wholeMs = Math.max(wholeMs, oldest[1].heardMs);
    forget(oldest[0]);
  }

  /** What tells the newer ones of those that are kept; null where not all of them are. */
  function newerThan(place: Position | Rendered, now: Position): ((kept: Kept) => boolean) | null {
    if ('sinceMs' in place) {
      const ms = place.sinceMs - SLACK_MS;
      // A page that is yet to be rendered has another clock.
      return ms > wholeMs && place.sinceMs <= readClock() ? ({ heardMs }) => heardMs >= ms : null;
    }
    const isKnown = place.epoch === now.epoch && !isAfter(since, place.id) && !isAfter(place.id, now.id);
    return isKnown ? ({ id }) => isAfter(id, place.id) : null;
  }

  return {
    begin(place, notices) {
      since = place;
      wholeMs = readClock();
      sayings.clear();
      byHub.clear();
      for (const heard of notices) keep(heard);
    },
    keep,
    skip({ id: { ms, seq } }) {
      since = { ms, seq: seq + 1 };
      wholeMs = readClock();
    },
    after(place, now, hears) {
      const isNewer = newerThan(place, now);
      if (!isNewer) return null;
      const missed = [...hears].flatMap(([hub, audiences]) =>
        [...(byHub.get(hub)?.values() ?? [])].filter(
          (kept) => audiences.has(kept.heard.notice.audience) && isNewer(kept),
        ),
      );
      const events = missed
        .sort((a, b) => (isAfter(a.id, b.id) ? 1 : -1))
        .map(({ heard }) => noticeEvent(heard));
      const bytes = events.reduce((sum, event) => sum + event.length, 0);
      return bytes > REPLAY_BYTES ? null : events;
    },
  };
}
