// Ends one process after the other without a word, and starts it again as a supervisor would.
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes, ProcessName } from '../../e2e/processes.ts';
import type { Stores } from '../pipeline/stage.ts';

export const processes = ['listener', 'triage', 'worker', 'sse', 'web'] as const satisfies ProcessName[];
const turns = [...processes, 'redis'] as const;
type Victim = (typeof turns)[number];

/** What a kill takes from Redis beside its life: nothing; the last second, as a power cut may (`appendfsync everysec`); all. */
export type Loss = 'nothing' | 'second' | 'everything';

export interface Kill {
  victim: Victim;
  loss: Loss;
  /** From its end until it was ready again. */
  awayMs: number;
}

/** A supervisor's wait before it starts again what died. */
const RESTART_MS = 500;

/** Redis loses everything once, in the middle, and its last second every other time. */
function planKills(count: number): Pick<Kill, 'victim' | 'loss'>[] {
  const rounds = Math.ceil(count / turns.length);
  const lossOf = (round: number): Loss => {
    if (round === Math.floor(rounds / 2)) return 'everything';
    return round % 2 === 0 ? 'second' : 'nothing';
  };
  return Array.from({ length: count }, (_, at) => {
    const victim = turns[at % turns.length] ?? 'redis';
    return { victim, loss: victim === 'redis' ? lossOf(Math.floor(at / turns.length)) : 'nothing' };
  });
}

async function fellRedis({ redis }: Stores, loss: Loss): Promise<number> {
  const since = redis.written();
  if (loss === 'second') await pause(1_000);
  await redis.kill();
  const diedAt = performance.now();
  await pause(RESTART_MS);
  if (loss === 'nothing') await redis.start();
  else await redis.start(loss === 'second' ? { since } : loss);
  return performance.now() - diedAt;
}

async function fellProcess(hubs: Processes, name: Exclude<Victim, 'redis'>): Promise<number> {
  await hubs.get(name).kill();
  const diedAt = performance.now();
  await pause(RESTART_MS);
  await hubs.start(name);
  return performance.now() - diedAt;
}

/** Kills once every so many milliseconds, who is not back yet as soon as it is; resolves when the last one is back. */
export async function killInTurn(
  { stores, hubs }: { stores: Stores; hubs: Processes },
  { count, everyMs }: { count: number; everyMs: number },
  say: (line: string) => void,
): Promise<Kill[]> {
  const startMs = performance.now();
  const kills: Promise<Kill>[] = [];
  const back = new Map<Victim, Promise<unknown>>();
  for (const [at, { victim, loss }] of planKills(count).entries()) {
    await pause(startMs + (at + 1) * everyMs - performance.now());
    const fell = Promise.resolve(back.get(victim)).then(() =>
      victim === 'redis' ? fellRedis(stores, loss) : fellProcess(hubs, victim),
    );
    back.set(victim, fell);
    kills.push(
      fell.then((awayMs) => {
        const lost =
          loss === 'nothing' ? '' : `, which lost ${loss === 'second' ? 'its last second' : 'everything'}`;
        say(
          `${((at + 1) * everyMs) / 1_000} s: killed ${victim}${lost}; ready again after ${(awayMs / 1_000).toFixed(1)} s`,
        );
        return { victim, loss, awayMs };
      }),
    );
  }
  return Promise.all(kills);
}
