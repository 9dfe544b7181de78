// What became of each message the listener received, for the metrics and the log.
import { Counter, type Registry } from 'prom-client';
import { type SignatureFault, signatureFaults } from '../bus/signatures/verify.ts';
import type { Log } from '../runtime/log.ts';
import { serviceLabel, services } from './services.ts';
import { type FormFault, formFaults } from './sources/source.ts';

/**
 * `dropped`: it is no message. `unsigned`, `invalid`: its signature is missing or wrong. `lost`: Redis did not take it
 * before the stop; `returned`: nor this, but its source brings it again.
 */
const outcomes = ['queued', 'duplicate', 'dropped', 'unsigned', 'invalid', 'lost', 'returned'] as const;
type Outcome = (typeof outcomes)[number];

const dropReasons = [...formFaults, ...signatureFaults];
export type DropReason = FormFault | SignatureFault;

function outcomeOf(reason: DropReason): Outcome {
  if (reason === 'unsigned') return 'unsigned';
  return formFaults.some((fault) => fault === reason) ? 'dropped' : 'invalid';
}

/** A reason is logged at once, then at most this often, with how many there were meanwhile. */
const LOG_EVERY_MS = 60_000;

export interface Outcomes {
  received(): void;
  count(outcome: Outcome, service: string): void;
  dropped(reason: DropReason, service: string, sentence: string): void;
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

  const unlogged = new Map<DropReason, { count: number; loggedAt: number }>();
  const count = (outcome: Outcome, service: string) =>
    messages.inc({ outcome, service: serviceLabel(service) });
  return {
    received: () => received.inc(),
    count,
    dropped: (reason, service, sentence) => {
      count(outcomeOf(reason), service);
      drops.inc({ reason });
      const state = unlogged.get(reason) ?? { count: 0, loggedAt: Number.NEGATIVE_INFINITY };
      state.count += 1;
      unlogged.set(reason, state);
      if (now() - state.loggedAt < LOG_EVERY_MS) return;
      log.warn({ reason, count: state.count }, `dropped a message that ${sentence}`);
      unlogged.set(reason, { count: 0, loggedAt: now() });
    },
  };
}
