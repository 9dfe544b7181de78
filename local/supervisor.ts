// Keeps the parts running: starts them, starts again what dies, stops all of it within ten seconds.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, type Command, startChild, waitUntilReady } from './child.ts';
import { endProcess } from './identity.ts';
import { readPidFile, writePidFile } from './pid-file.ts';
import { explain, Problem } from './problem.ts';

export interface Part {
  name: string;
  /** Made anew for each start. */
  command(): Command | Promise<Command>;
  isReady(child: Child): Promise<boolean>;
  /** Stores stop after the processes that use them. */
  isStore?: boolean;
}

export interface Supervisor {
  /**
   * Starts a part and keeps it running.
   * @throws {Problem} with its last words when it does not get ready
   */
  start(part: Part): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when a part died so often that starting it again makes no sense. */
  gaveUp: Promise<Problem>;
}

const READY_MS = 60_000;
/** Both together stay below the ten seconds a stop may take. */
const PROCESS_GRACE_MS = 7_500;
const STORE_GRACE_MS = 2_000;
/** Waits before each start of a part that dies again and again; after the last one it is given up. */
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** A part that ran this long is sound again: the waits begin anew. */
const STEADY_MS = 60_000;

/**
 * @param data the folder of `logs/<part>.log` and `run/<part>.pid`
 * @param say gets a sentence when a part dies and when it is back
 */
export function openSupervisor(
  data: string,
  say: (line: string) => void,
  backOffMs: number[] = BACK_OFF_MS,
): Supervisor {
  const running = new Map<Part, Child>();
  const stopping = new AbortController();
  const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<Problem>();
  mkdirSync(join(data, 'run'), { recursive: true });

  async function launch(part: Part): Promise<Child> {
    stopping.signal.throwIfAborted();
    const child = await startChild(await part.command(), join(data, 'logs', `${part.name}.log`));
    const pidFile = join(data, 'run', `${part.name}.pid`);
    running.set(part, child);
    void child.ended.then(() => {
      if (running.get(part) !== child) return;
      running.delete(part);
      rmSync(pidFile, { force: true });
    });
    writePidFile(pidFile, child.pid);
    if (stopping.signal.aborted) await child.kill();
    return child;
  }

  async function getReady(part: Part, child: Child): Promise<void> {
    try {
      await waitUntilReady(child, () => part.isReady(child), READY_MS);
    } catch (error) {
      await child.kill();
      throw new Problem(`${part.name} ${(error as Error).message}`, 1, { cause: error });
    }
  }

  async function keepRunning(part: Part, first: Child): Promise<void> {
    let child = first;
    for (let deaths = 0; ; ) {
      const startedAt = Date.now();
      const how = await child.ended;
      if (stopping.signal.aborted) return;
      deaths = Date.now() - startedAt > STEADY_MS ? 1 : deaths + 1;
      const waitMs = backOffMs[deaths - 1];
      if (waitMs === undefined) {
        giveUp(
          new Problem(`${part.name} ${how}, ${deaths} times in a row. Its log says why: ${child.logFile}`),
        );
        return;
      }
      say(`${part.name} ${how}; it is started again in ${waitMs / 1000} s. Its log: ${child.logFile}`);
      await pause(waitMs, undefined, { signal: stopping.signal });
      child = await launch(part);
      await getReady(part, child).then(
        () => say(`${part.name} is back.`),
        (error: Error) => stopping.signal.aborted || say(error.message),
      );
    }
  }

  async function stopAll(which: (part: Part) => boolean, graceMs: number): Promise<void> {
    const chosen = [...running].filter(([part]) => which(part));
    await Promise.all(chosen.map(([, child]) => child.stop(graceMs)));
  }

  return {
    gaveUp,
    async start(part) {
      const child = await launch(part);
      await getReady(part, child);
      keepRunning(part, child).catch((error) => {
        if (!stopping.signal.aborted)
          giveUp(new Problem(`${part.name} can't be started again. ${explain(error)}`, 1, { cause: error }));
      });
    },
    async stop() {
      stopping.abort();
      await stopAll((part) => !part.isStore, PROCESS_GRACE_MS);
      await stopAll(() => true, STORE_GRACE_MS);
    },
  };
}

/**
 * Ends what a killed start left running: parts are told by number and start time, never by name.
 * @param storeNames end after the others
 * @returns the names of the parts it ended
 */
export async function endLeftovers(data: string, storeNames: string[]): Promise<string[]> {
  const folder = join(data, 'run');
  const left = readdirSync(folder)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => ({ name: file.slice(0, -'.pid'.length), pid: readPidFile(join(folder, file)) }));
  const end = (stores: boolean, graceMs: number) =>
    Promise.all(
      left.map(({ name, pid }) =>
        pid !== undefined && storeNames.includes(name) === stores
          ? endProcess(pid, 'SIGTERM', graceMs)
          : undefined,
      ),
    );
  await end(false, PROCESS_GRACE_MS);
  await end(true, STORE_GRACE_MS);
  for (const { name } of left) rmSync(join(folder, `${name}.pid`), { force: true });
  return left.filter(({ pid }) => pid !== undefined).map(({ name }) => name);
}
