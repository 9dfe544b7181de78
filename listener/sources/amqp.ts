// fedora-messaging over AMQP 0-9-1: a queue at a broker. What is handed on is acknowledged when Redis has it; whatever
// breaks, the broker brings again what was not.
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../runtime/log.ts';
import { explainAmqp } from './amqp-problem.ts';
import { type AmqpOptions, type AmqpSession, openAmqpSession } from './amqp-session.ts';
import { endWithin } from './end-within.ts';
import type { LiveSource, Take } from './source.ts';

/** Between two tries: doubled each time up to the longest, less up to a quarter by chance. */
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** What closing a connection may take beside the draining. */
const GRACE_MS = 1_500;

/** Connects, and again after a growing pause whenever it breaks, until it is stopped. */
export function openAmqpSource(options: AmqpOptions, log: Log, take: Take): LiveSource {
  const name = nameOf(options.url);
  const stopping = Promise.withResolvers<void>();
  let drainMs: number | null = null;
  let problem: string | null = 'there is no answer yet';
  let failures = 0;
  let hearing: { session: AmqpSession; sinceMs: number } | null = null;

  /** One connection, until it breaks or a stop has drained it. */
  async function serve(): Promise<void> {
    const session = await openAmqpSession(options, take);
    problem = null;
    failures = 0;
    hearing = { session, sinceMs: Date.now() };
    log.info({ bus: name }, 'the bus is connected');
    try {
      await Promise.race([session.broken, stopping.promise]);
      await Promise.race([session.finish(), delay(drainMs ?? 0, undefined, { ref: false })]);
    } finally {
      hearing = null;
      await session.close();
    }
  }

  async function pause(): Promise<void> {
    const pauseMs = Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (1 - Math.random() / 4);
    failures += 1;
    await Promise.race([delay(pauseMs, undefined, { ref: false }), stopping.promise]);
  }

  async function run(): Promise<void> {
    while (drainMs === null) {
      try {
        await serve();
      } catch (error) {
        const sentence = explainAmqp(error, options);
        if (sentence !== problem) log.warn({ err: error, bus: name }, `not connected: ${sentence}`);
        problem = sentence;
        await pause();
      }
    }
  }
  const done = run();

  return {
    name,
    done,
    hearsSinceMs: () => hearing?.sinceMs ?? null,
    heardUntilMs: async () => (await hearing?.session.heardUntilMs()) ?? null,
    wrong: () =>
      problem === null ? [] : [`The bus at ${name} is not connected: ${problem}. It is tried again.`],
    async stop(limitMs) {
      drainMs = limitMs;
      stopping.resolve();
      await endWithin(done, limitMs + GRACE_MS);
    },
  };
}

/** Without user and password. */
function nameOf(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
