import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Barrier } from './barrier.ts';

/** Streams as triage and worker change them: what is added, handed on in one step, and acknowledged, in any order. */
class Model {
  bus: number[] = [];
  work: { id: number; of: number }[] = [];
  #next = { bus: 0, work: 0 };

  add(): void {
    this.bus.push(++this.#next.bus);
  }
  triage(at: number): void {
    const [of] = this.bus.splice(at % Math.max(1, this.bus.length), 1);
    if (of !== undefined) this.work.push({ id: ++this.#next.work, of });
  }
  work_(at: number): void {
    this.work.splice(at % Math.max(1, this.work.length), 1);
  }
  ends() {
    const ends = (ids: number[], last: number) => ({
      first: ids.length > 0 ? `1-${Math.min(...ids)}` : null,
      last: `1-${last}`,
      waiting: ids.length,
    });
    return {
      bus: ends(this.bus, this.#next.bus),
      work: ends(
        this.work.map(({ id }) => id),
        this.#next.work,
      ),
    };
  }
  /** Whether some message up to this one is not acknowledged by both. */
  holds(upTo: number): boolean {
    return this.bus.some((id) => id <= upTo) || this.work.some(({ of }) => of <= upTo);
  }
  get added(): number {
    return this.#next.bus;
  }
}

test('no mark is let through before all that was there when it was set is acknowledged by both; then it is', () => {
  const step = fc.tuple(fc.constantFrom('add', 'triage', 'work', 'look'), fc.nat(20));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const model = new Model();
      const barrier = new Barrier<number>();
      for (const [what, at] of steps) {
        if (what === 'add') model.add();
        if (what === 'triage') model.triage(at);
        if (what === 'work') model.work_(at);
        if (what !== 'look') continue;
        const passed = barrier.step(model.ends());
        if (passed !== null) expect(model.holds(passed)).toBe(false);
        if (barrier.isFree) barrier.set(model.added, model.ends());
      }
      if (barrier.isFree) barrier.set(model.added, model.ends());
      while (model.bus.length > 0) model.triage(0);
      barrier.step(model.ends());
      while (model.work.length > 0) model.work_(0);
      barrier.step(model.ends());
      expect(barrier.isFree).toBe(true);
    }),
  );
});

test('ids are compared as numbers', () => {
  const barrier = new Barrier<string>();
  const none = { first: null, last: '0-0', waiting: 0 };
  barrier.set('mark', { bus: { first: '9-5', last: '10-2', waiting: 9 }, work: none });
  const look = (first: string) => barrier.step({ bus: { first, last: '11-0', waiting: 1 }, work: none });
  expect([look('9-9'), look('10-2'), look('10-10')]).toEqual([null, null, 'mark']);
});
