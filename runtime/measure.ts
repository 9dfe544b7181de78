// Gauges of what lies in a store, read when somebody asks for them.
import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

/** A store may keep a scrape waiting so long; Prometheus gives up after 10 s. */
const ANSWER_MS = 3_000;

export interface Measure<Answer> {
  one(name: string, help: string, read: (answer: Answer) => number): void;
  /** A value for each of the label's words. */
  each<Word extends string>(
    name: string,
    help: string,
    by: { label: string; words: readonly Word[] },
    read: (answer: Answer) => Record<Word, number>,
  ): void;
}

/**
 * Makes gauges that one question answers together, at most one under way at a time. Without an answer in time they keep
 * their last values, zero at first: that a store is away is `hubs_ready`.
 */
export function openMeasure<Answer>(metrics: Registry, ask: () => Promise<Answer>): Measure<Answer> {
  let asked: Promise<Answer | undefined> | null = null;
  const answer = () => {
    asked ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asked = null;
      });
    return Promise.race([asked, wait(ANSWER_MS, undefined, { ref: false })]);
  };
  const registers = [metrics];
  return {
    one(name, help, read) {
      new Gauge({
        ...{ name, help, registers },
        async collect() {
          const answered = await answer();
          if (answered !== undefined) this.set(read(answered));
        },
      });
    },
    each(name, help, { label, words }, read) {
      const gauge = new Gauge({
        ...{ name, help, registers, labelNames: [label] },
        async collect() {
          const answered = await answer();
          if (answered === undefined) return;
          const values = read(answered);
          for (const word of words) this.set({ [label]: word }, values[word]);
        },
      });
      for (const word of words) gauge.set({ [label]: word }, 0);
    },
  };
}
