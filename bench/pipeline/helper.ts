// The bench's own processes: asked and answered over node's channel, so that their processor time is told apart.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Milliseconds since 1970, with fractions; the same clock in every process of the machine. */
export const now = (): number => performance.timeOrigin + performance.now();

type Tasks = Record<string, (given: never) => unknown>;

interface Question {
  id: number;
  task: string;
  given: unknown;
}

/** In the process: does what the parent asks for. */
export function answerParent(tasks: Tasks): void {
  process.on('message', async ({ id, task, given }: Question) => {
    process.send?.({ id, answer: await tasks[task]?.(given as never) });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0 });
}

export interface Helper {
  pid: number;
  ask<Answer>(task: string, given?: unknown): Promise<Answer>;
  stop(): void;
}

/** In the parent: starts bench/pipeline/<name>.ts; ready when this resolves. It ends with the parent at the latest. */
export async function startHelper(name: string, ...args: (string | number)[]): Promise<Helper> {
  const child = fork(join(import.meta.dirname, `${name}.ts`), args.map(String));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const wait = (id: number) => {
    const one = Promise.withResolvers<unknown>();
    waiting.set(id, one);
    return one.promise;
  };
  child.on('message', ({ id, answer }: { id: number; answer?: unknown }) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with ${code}`));
  });
  await wait(0);
  let questions = 0;
  return {
    pid: pidOf(child),
    ask: <Answer>(task: string, given?: unknown) => {
      questions += 1;
      const answer = wait(questions) as Promise<Answer>;
      child.send({ id: questions, task, given });
      return answer;
    },
    stop: () => child.disconnect(),
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('The process could not be started.');
  return pid;
}
