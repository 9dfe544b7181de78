// The first bytes of a stream.
import { Counter, type Registry } from 'prom-client';
import type { Backlog } from './backlog.ts';
import { away, gap, hello, reached } from './event.ts';
import type { Follower } from './follow-notices.ts';
import type { Place } from './last-event.ts';
import type { Rights } from './rights.ts';
import { readPosition } from './stream-id.ts';
import type { Teller } from './teller.ts';

interface Given {
  notices: Follower;
  backlog: Backlog;
  teller: Teller;
  metrics: Registry;
}

/**
 * Greets whoever comes, and tells who comes back, or whose page was rendered a moment ago, what they missed: all that they
 * may hear, or a `gap`. While Redis is away it says so; the `gap` follows when it is back.
 */
export function makeGreeter({ notices, backlog, teller, metrics }: Given) {
  const replays = countReplays(metrics);

  return (hears: Rights['hears'], place: Place | null): Buffer => {
    const position = notices.position();
    if (place === null) return Buffer.from(hello(position) + (notices.isHearing() ? '' : away));
    const now = notices.isHearing() ? readPosition(position ?? '') : null;
    const missed = now && place !== 'unknown' ? backlog.after(place, now, hears) : null;
    replays.inc({ outcome: missed ? 'replayed' : 'gap' });
    const news = missed
      ? [...missed, ...teller.unplaced(hears), Buffer.from(reached(position))]
      : [now ? gap(position) : Buffer.from(away)];
    return Buffer.concat([Buffer.from(hello(null)), ...news]);
  };
}

function countReplays(metrics: Registry): Counter<'outcome'> {
  const replays = new Counter({
    name: 'hubs_sse_replays_total',
    help: 'Browsers whose page was rendered before or that came back: told what they missed, or that they have to fetch everything (gap).',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  for (const outcome of ['replayed', 'gap']) replays.inc({ outcome }, 0);
  return replays;
}
