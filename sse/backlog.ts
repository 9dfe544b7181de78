// What browsers that come back missed. Of notices that say the same only the newest is kept, so that a lively hub costs
// no more than a quiet one, and whoever was away for long fetches no more than once.
import { REPLAY_BYTES } from './clients.ts';
import { noticeEvent } from './event.ts';
import type { Heard } from './follow-notices.ts';
import type { Rights } from './rights.ts';
import { isAfter, type Position, readPosition, type StreamId } from './stream-id.ts';

/** As many as hubs:notices keeps (jobs/notices.ts): some 5 MB. */
const KEPT = 10_000;

interface Kept {
  id: StreamId;
  heard: Heard;
}

export interface Backlog {
  /** Starts anew: everything that came after `since` is among the notices, or will be kept. */
  begin(since: StreamId, notices: Heard[]): void;
  /** Keeps what was read from the stream, in its order. */
  keep(heard: Heard): void;
  /** Whoever was at this place or before it can't be told any more what they missed. */
  skip(place: Position): void;
  /**
   * What was kept after the place and may be heard, in order; null where something of it is gone, and where it is more
   * than a client is sent at once.
   * @param now up to where everything was read
   */
  after(place: Position, now: Position, hears: Rights['hears']): Buffer[] | null;
}

export function openBacklog(limit = KEPT): Backlog {
  let since: StreamId = { ms: 0, seq: 0 };
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
    const kept = { id, heard };
    sayings.set(saying, kept);
    byHub.set(hub, (byHub.get(hub) ?? new Map()).set(saying, kept));
    const oldest = sayings.entries().next().value;
    if (sayings.size <= limit || !oldest) return;
    if (isAfter(oldest[1].id, since)) since = oldest[1].id;
    forget(oldest[0]);
  }

  return {
    begin(place, notices) {
      since = place;
      sayings.clear();
      byHub.clear();
      for (const heard of notices) keep(heard);
    },
    keep,
    skip({ id: { ms, seq } }) {
      since = { ms, seq: seq + 1 };
    },
    after(place, now, hears) {
      const isKnown = place.epoch === now.epoch && !isAfter(since, place.id) && !isAfter(place.id, now.id);
      if (!isKnown) return null;
      const missed = [...hears].flatMap(([hub, audiences]) =>
        [...(byHub.get(hub)?.values() ?? [])].filter(
          ({ id, heard }) => audiences.has(heard.notice.audience) && isAfter(id, place.id),
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
