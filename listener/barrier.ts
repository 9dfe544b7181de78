// Whether everything that lay in the streams at a moment has been acknowledged, found out without looking at a single
// message: first hubs:bus has let go of what it had then, then hubs:work of what it had at that time. Triage adds work in
// one step with its acknowledgement, so nothing is between the two.
import type { StreamEnds } from '../bus/look-at-streams.ts';

export interface Streams {
  bus: StreamEnds;
  work: StreamEnds;
}

/** One mark at a time goes through. */
export class Barrier<Mark> {
  #held: { mark: Mark; stage: keyof Streams; last: string } | null = null;

  get isFree(): boolean {
    return this.#held === null;
  }

  /** @param streams as they were when all that the mark stands for was in hubs:bus, or further */
  set(mark: Mark, { bus }: Streams): void {
    this.#held = { mark, stage: 'bus', last: bus.last };
  }

  /** Redis is another one: nothing that was seen counts. */
  drop(): void {
    this.#held = null;
  }

  /** @returns the mark, once it is through */
  step(streams: Streams): Mark | null {
    const held = this.#held;
    if (!held || !isPast(streams[held.stage], held.last)) return null;
    if (held.stage === 'bus') {
      this.#held = { mark: held.mark, stage: 'work', last: streams.work.last };
      return this.step(streams);
    }
    this.#held = null;
    return held.mark;
  }
}

const isPast = ({ first }: StreamEnds, id: string): boolean => first === null || isAfter(first, id);

/** Stream ids are `<milliseconds>-<number>`. */
function isAfter(one: string, other: string): boolean {
  const [ms = 0, n = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherN = 0] = other.split('-').map(Number);
  return ms > otherMs || (ms === otherMs && n > otherN);
}
