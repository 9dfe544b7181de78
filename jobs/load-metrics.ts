// What is counted of loads, by the host of the service; hosts that people name in a widget's settings are `other`.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Services } from '../widgets/kind.ts';
import type { LoadGate } from './load-gate.ts';

/**
 * `loaded`, `unchanged` (304), `failed` (tried again), `ended` (not tried again before somebody looks);
 * without a request: `resting` (the service is left alone), `busy` (others ask it), `unseen` (nobody looked for a day); `unkept`
 * (the cache was away, before or after).
 */
const outcomes = ['loaded', 'unchanged', 'failed', 'ended', 'resting', 'busy', 'unseen', 'unkept'] as const;
export type LoadOutcome = (typeof outcomes)[number];

export interface LoadMetrics {
  count(asked: string, outcome: LoadOutcome): void;
  /** @returns to be called when the service has answered, or not */
  time(asked: string): () => void;
}

const OTHER = 'other';

export function countLoads(metrics: Registry, services: Services, gate: LoadGate): LoadMetrics {
  const hosts = new Map(Object.entries(services).map(([name, address]) => [name, new URL(address).host]));
  const hostOf = (asked: string) => hosts.get(asked) ?? OTHER;
  const registers = [metrics];
  const loads = new Counter({
    name: 'hubs_loads_total',
    help: 'Loads from outside services, by how they ended.',
    labelNames: ['host', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hubs_load_seconds',
    help: 'How long a service took to answer, or until it was given up.',
    labelNames: ['host'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const resting = new Gauge({
    name: 'hubs_service_resting',
    help: '1 while a service is left alone: it failed again and again, or asked for it.',
    labelNames: ['host'],
    registers,
    async collect() {
      const now = await gate.resting([...hosts.keys()]);
      [...hosts.values()].forEach((host, index) => {
        if (now) this.set({ host }, now[index] ? 1 : 0);
      });
    },
  });
  for (const host of hosts.values()) resting.set({ host }, 0);
  for (const host of [...hosts.values(), OTHER]) {
    seconds.zero({ host });
    for (const outcome of outcomes) loads.inc({ host, outcome }, 0);
  }
  return {
    count: (asked, outcome) => loads.inc({ host: hostOf(asked), outcome }),
    time: (asked) => seconds.startTimer({ host: hostOf(asked) }),
  };
}
