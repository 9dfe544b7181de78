import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audiences, type Notice } from '../bus/streams.ts';
import { openBacklog } from './backlog.ts';
import type { Heard } from './follow-notices.ts';
import { readPosition } from './stream-id.ts';

const START = { ms: 0, seq: 0 };
const everybody = new Map([1, 2, 3].map((hub) => [hub, new Set(audiences)] as const));

const at = (n: number) => ({ epoch: 'e', id: { ms: n, seq: 0 } });
const heard = (n: number, notice: Partial<Notice> = {}): Heard => ({
  id: `e.${n}-0`,
  notice: { hub: 1, what: 'entry', audience: 'public', ...notice },
});
const idsOf = (events: Buffer[] | null) => events?.map((event) => /^id: (.*)$/m.exec(String(event))?.[1]);

test('after a place comes what was said since, in order, each saying once: as it was said last', () => {
  const backlog = openBacklog();
  backlog.begin(START, [heard(1), heard(2, { hub: 2 }), heard(3, { what: 'role' })]);
  backlog.keep(heard(4));
  expect(idsOf(backlog.after(at(0), at(4), everybody))).toEqual(['e.2-0', 'e.3-0', 'e.4-0']);
  expect(idsOf(backlog.after(at(3), at(4), everybody))).toEqual(['e.4-0']);
  expect(backlog.after(at(4), at(4), everybody)).toEqual([]);
});

test('whatever was said, nobody who comes back misses a saying or hears one that they may not', () => {
  const said = fc.record({
    hub: fc.constantFrom(1, 2, 3, 4),
    what: fc.constantFrom('entry' as const, 'role' as const),
    audience: fc.constantFrom(...audiences),
  });
  fc.assert(
    fc.property(
      fc.array(said, { maxLength: 40 }),
      fc.nat(45),
      fc.array(fc.constantFrom(...audiences)),
      fc.integer({ min: 1, max: 40 }),
      (sayings, place, mine, limit) => {
        const backlog = openBacklog(limit);
        backlog.begin(START, []);
        for (const [index, notice] of sayings.entries()) backlog.keep(heard(index + 1, notice));
        const hears = new Map([1, 2, 3].map((hub) => [hub, new Set(mine)]));
        const told = idsOf(backlog.after(at(place), at(sayings.length), hears));
        const missed = new Map<string, string>();
        for (const [index, notice] of sayings.entries()) {
          if (index + 1 <= place || notice.hub === 4 || !mine.includes(notice.audience)) continue;
          missed.delete(JSON.stringify(notice));
          missed.set(JSON.stringify(notice), `e.${index + 1}-0`);
        }
        if (told) expect(told).toEqual([...missed.values()]);
        // Only what is not known, or no longer, is refused.
        else
          expect(place > sayings.length || new Set(sayings.map((s) => JSON.stringify(s))).size > limit).toBe(
            true,
          );
      },
    ),
  );
});

test('where something is gone there is nothing, rather than a part', () => {
  const backlog = openBacklog(2);
  backlog.begin({ ms: 5, seq: 0 }, [heard(6), heard(7, { hub: 2 })]);
  expect(backlog.after(at(4), at(7), everybody)).toBeNull();
  expect(backlog.after(at(5), at(7), everybody)).toHaveLength(2);
  backlog.keep(heard(8, { hub: 3 }));
  expect(backlog.after(at(5), at(8), everybody)).toBeNull();
  expect(idsOf(backlog.after(at(6), at(8), everybody))).toEqual(['e.7-0', 'e.8-0']);
  backlog.skip(at(8));
  expect(backlog.after(at(8), at(8), everybody)).toBeNull();
  expect(backlog.after(at(9), at(9), everybody)).toEqual([]);
});

test('since a page was rendered comes what was heard from a little before on, while all of that is kept', () => {
  let clock = 10_000;
  const backlog = openBacklog(2, () => clock);
  const since = (ms: number) => backlog.after({ sinceMs: ms }, at(9), everybody);
  backlog.begin(START, [heard(1)]);
  clock = 20_000;
  backlog.keep(heard(2, { hub: 2 }));
  expect(idsOf(since(20_000))).toEqual(['e.2-0']);
  // What the stream had before this process is of no time that it knows, nor is what is still to come.
  expect(idsOf(since(12_001))).toEqual(['e.2-0']);
  expect(since(12_000)).toBeNull();
  expect(since(20_001)).toBeNull();
  clock = 30_000;
  expect(since(30_000)).toEqual([]);
  backlog.keep(heard(3, { hub: 3 }));
  backlog.keep(heard(4));
  expect(since(22_000)).toBeNull();
  expect(idsOf(since(22_001))).toEqual(['e.3-0', 'e.4-0']);
  backlog.skip(at(9));
  expect(since(30_000)).toBeNull();
});

test('of another epoch, and of what is still to come, nothing is known', () => {
  const backlog = openBacklog();
  backlog.begin(START, [heard(1)]);
  expect(backlog.after({ ...at(1), epoch: 'f' }, at(1), everybody)).toBeNull();
  expect(backlog.after(at(2), at(1), everybody)).toBeNull();
});

test('more than a client is sent at once is nothing', () => {
  const backlog = openBacklog();
  const widgets = Array.from({ length: 4_000 }, (_, index) => index);
  backlog.begin(START, [
    heard(1, { what: 'value', widgets }),
    heard(2, { what: 'value', widgets: [1, ...widgets] }),
  ]);
  expect(backlog.after(at(0), at(2), everybody)).toBeNull();
  expect(idsOf(backlog.after(at(1), at(2), everybody))).toEqual(['e.2-0']);
});

test('a position is an epoch and the id of a stream', () => {
  expect(readPosition('a-b.17-3')).toEqual({ epoch: 'a-b', id: { ms: 17, seq: 3 } });
  for (const text of ['', 'x', '.1-2', 'e.1', 'e.1-', 'e.-1-2', 'e.1-2 ', 'e f.1-2', `e.${'9'.repeat(17)}-1`])
    expect(readPosition(text)).toBeNull();
});
