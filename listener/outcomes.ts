// What became of each message the listener received: for the metrics, the log, and the ledger.
import { Counter, type Registry } from 'prom-client';
import { type SignatureFault, signatureFaults } from '../bus/signatures/verify.ts';
import { type Outcome, outcomes, placeInLedger, RECEIVED } from '../ledger/outcomes.ts';
import type { Log } from '../runtime/log.ts';
import { serviceLabel, services } from './services.ts';
import { type FormFault, formFaults } from './sources/source.ts';

const dropReasons = [...formFaults, ...signatureFaults];
export type DropReason = FormFault | SignatureFault;

function outcomeOf(reason: DropReason): Outcome {
  if (reason === 'unsigned') return 'unsigned';
  return formFaults.some((fault) => fault === reason) ? 'dropped' : 'invalid';
}

/** A reason is logged at once, then at most this often, with how many there were meanwhile. */
const LOG_EVERY_MS = 60_000;

/** A message, or what is none, as it is counted. */
export interface Counted {
  service: string;
  /** Where the ledger counts it. */
  place: string;
}

export const countedAs = (service: string, sentMs?: number): Counted => ({
  service: serviceLabel(service),
  place: placeInLedger(sentMs, serviceLabel(service)),
});

export interface Outcomes {
  received(what: Counted): void;
  /** What Redis answered is counted there, too, in the step that did it: this is for the metrics alone. */
  answered(outcome: Outcome, what: Counted): void;
  /** Redis was not asked. */
  decided(outcome: Outcome, what: Counted): void;
  dropped(reason: DropReason, what: Counted, sentence: string): void;
  /** Counts for the ledger that have not gone to Redis; they are the caller's from here on. */
  take(): Map<string, number>;
  giveBack(counts: Map<string, number>): void;
}

/** Counters that stand at zero from the start, so that a rate of what never happened is 0 and not absent. */
export function countOutcomes(metrics: Registry, log: Log, now: () => number = Date.now): Outcomes {
  const received = new Counter({
    name: 'hubs_listener_received_total',
    help: 'Messages read from the bus.',
    registers: [metrics],
  });
  const messages = new Counter({
    name: 'hubs_listener_messages_total',
    help: 'Messages by what became of them and by the service that sent them.',
    labelNames: ['outcome', 'service'],
    registers: [metrics],
  });
  const drops = new Counter({
    name: 'hubs_listener_dropped_total',
    help: 'Dropped messages by reason.',
    labelNames: ['reason'],
    registers: [metrics],
  });
  for (const outcome of outcomes) for (const service of services) messages.inc({ outcome, service }, 0);
  for (const reason of dropReasons) drops.inc({ reason }, 0);

  let counts = new Map<string, number>();
  const add = (field: string, n = 1) => counts.set(field, (counts.get(field) ?? 0) + n);
  const unlogged = new Map<DropReason, { count: number; loggedAt: number }>();
  const answered: Outcomes['answered'] = (outcome, { service }) => messages.inc({ outcome, service });
  const decided: Outcomes['decided'] = (outcome, what) => {
    answered(outcome, what);
    add(`${what.place} ${outcome}`);
  };
  return {
    received({ place }) {
      received.inc();
      add(`${place} ${RECEIVED}`);
    },
    answered,
    decided,
    dropped(reason, what, sentence) {
      decided(outcomeOf(reason), what);
      drops.inc({ reason });
      const state = unlogged.get(reason) ?? { count: 0, loggedAt: Number.NEGATIVE_INFINITY };
      state.count += 1;
      unlogged.set(reason, state);
      if (now() - state.loggedAt < LOG_EVERY_MS) return;
      log.warn({ reason, count: state.count }, `dropped a message that ${sentence}`);
      unlogged.set(reason, { count: 0, loggedAt: now() });
    },
    take() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    giveBack(taken) {
      for (const [field, n] of taken) add(field, n);
    },
  };
}
