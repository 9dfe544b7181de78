import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  columns,
  describeChanges,
  findMoved,
  inColumn,
  insertAt,
  type LaidWidget,
  type Layout,
} from './layout.ts';
import { mergeLayouts } from './merge-layouts.ts';

const laid = (key: string, column: 'left' | 'right', n = ''): LaidWidget => ({
  key,
  kind: `kind${key}`,
  column,
  restricted: false,
  fields: { n },
});
/** `'1 2 | 3'`: two in the left column, one in the right. */
const layoutOf = (words: string): Layout =>
  words.split('|').flatMap((half, index) =>
    half
      .split(' ')
      .filter(Boolean)
      .map((key) => laid(key, index === 0 ? 'left' : 'right')),
  );
const wordsOf = (layout: Layout) =>
  columns
    .map((column) =>
      inColumn(layout, column)
        .map(({ key }) => key)
        .join(' '),
    )
    .join(' | ');

test('each of two keeps what they did', () => {
  const merge = (base: string, mine: string, theirs: string) =>
    wordsOf(mergeLayouts(layoutOf(base), layoutOf(mine), layoutOf(theirs)));
  expect(merge('1 2 | 3', '2 1 | 3', '1 2 | ')).toBe('2 1 | ');
  expect(merge('1 2 | 3', '1 | 3 2', '1 2 | 4 3')).toBe('1 | 4 3 2');
  expect(merge('1 2 | 3', '1 2 new | 3', '1 other 2 | 3')).toBe('1 other 2 new | 3');
  // Both moved the same: mine holds.
  expect(merge('1 2 | 3', '2 | 1 3', '2 1 | 3')).toBe('2 | 1 3');
  // They removed what I moved: it comes back as a new one; what I left alone stays away.
  expect(merge('1 2 3 | ', '1 3 | 2', ' | ')).toBe(' | again-2');
});

test('of the same widget mine holds, of others theirs', () => {
  const base = layoutOf('1 2 | 3');
  const mine = base.map((widget) => (widget.key === '1' ? laid('1', 'left', 'mine') : widget));
  const theirs = base.map((widget) => (widget.key === '3' ? widget : laid(widget.key, 'right', 'theirs')));
  const merged = mergeLayouts(base, mine, theirs);
  expect(merged.map(({ key, column, fields }) => `${key} ${column} ${fields.n}`)).toEqual([
    '1 right mine',
    '2 right theirs',
    '3 right ',
  ]);
});

test('what somebody did is said in words, and no more than they did', () => {
  const before = layoutOf('1 2 3 | 4');
  const after = layoutOf('2 3 1 5 | ');
  const changed = after.map((widget) => (widget.key === '3' ? { ...widget, restricted: true } : widget));
  expect(describeChanges(before, changed, (kind) => kind.toUpperCase())).toEqual([
    'removed KIND4',
    'showed KIND3 to members only',
    'moved KIND1 within the left column',
    'added KIND5 to the left column',
  ]);
  expect(describeChanges(before, before, String)).toEqual([]);
});

type Step =
  | { do: 'move'; from: number; column: 'left' | 'right'; place: number }
  | { do: 'add'; column: 'left' | 'right'; place: number }
  | { do: 'remove'; from: number }
  | { do: 'change'; from: number };

const column = fc.constantFrom('left' as const, 'right' as const);
const number = fc.nat(8);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('move' as const), from: number, column, place: number }),
    fc.record({ do: fc.constant('add' as const), column, place: number }),
    fc.record({ do: fc.constant('remove' as const), from: number }),
    fc.record({ do: fc.constant('change' as const), from: number }),
  ),
  { maxLength: 12 },
);
const start = fc
  .tuple(fc.nat(5), fc.nat(5))
  .map(([left, right]) => [
    ...Array.from({ length: left }, (_, index) => laid(`${index}`, 'left')),
    ...Array.from({ length: right }, (_, index) => laid(`${left + index}`, 'right')),
  ]);

function edit(layout: Layout, given: Step[], name: string): Layout {
  return given.reduce((now, step, index) => {
    if (step.do === 'add')
      return insertAt(now, laid(`${name}${index}`, step.column, name), step.column, step.place);
    const widget = now[step.from % (now.length || 1)];
    if (!widget) return now;
    const others = now.filter((one) => one !== widget);
    if (step.do === 'remove') return others;
    if (step.do === 'change')
      return now.map((one) => (one === widget ? { ...one, fields: { n: name + index } } : one));
    return insertAt(others, widget, step.column, step.place);
  }, layout);
}

test('whatever two editors do: nothing that nobody removed is lost, nothing is doubled, and what I did holds', () => {
  fc.assert(
    fc.property(start, steps, steps, (base, mySteps, theirSteps) => {
      const mine = edit(base, mySteps, 'my');
      const theirs = edit(base, theirSteps, 'their');
      const merged = mergeLayouts(base, mine, theirs);
      const keys = (layout: Layout) => new Set(layout.map(({ key }) => key.replace('again-', '')));
      const [was, my, their, now] = [base, mine, theirs, merged].map(keys) as [
        Set<string>,
        Set<string>,
        Set<string>,
        Set<string>,
      ];
      const moved = findMoved(base, mine);
      const touched = (key: string) =>
        moved.has(key) ||
        mine.find((widget) => widget.key === key)?.fields.n !==
          base.find((widget) => widget.key === key)?.fields.n;

      expect(now.size).toBe(merged.length);
      for (const key of my) if (!was.has(key) || their.has(key) || touched(key)) expect(now).toContain(key);
      for (const key of their) if (!was.has(key) || my.has(key)) expect(now).toContain(key);
      for (const key of now) {
        expect(my.has(key) || (their.has(key) && !was.has(key))).toBe(true);
        const of = (layout: Layout) => layout.find((widget) => widget.key.replace('again-', '') === key);
        // Where I put something, there it stands; what I wrote, it says.
        if (my.has(key) && (moved.has(key) || !was.has(key)))
          expect(of(merged)?.column).toBe(of(mine)?.column);
        if (my.has(key) && touched(key) && of(mine)?.fields.n !== of(base)?.fields.n)
          expect(of(merged)?.fields).toEqual(of(mine)?.fields);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('on top of nothing new, mine is what I made; doing nothing leaves theirs', () => {
  fc.assert(
    fc.property(start, steps, (base, given) => {
      const edited = edit(base, given, 'my');
      expect(wordsOf(mergeLayouts(base, edited, base))).toBe(wordsOf(edited));
      expect(wordsOf(mergeLayouts(base, base, edited))).toBe(wordsOf(edited));
    }),
  );
});
