// The `hubs` command, with nothing of this environment.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { runProgram } from '../cli/run-program.ts';

const program = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** How far it has come, which only takes long enough to be said on a busy machine. */
const progress = /^.* …\n/gm;

/**
 * As a process of its own; of this environment it gets the path. What it says of its progress is left out.
 * @param nodeOptions of Node itself, before the program
 */
export const runHubs = (
  args: string[],
  env: Record<string, string> = {},
  nodeOptions: string[] = [],
): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [...nodeOptions, program, ...args],
      { env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env }, timeout: 50_000 },
      (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err: err.replace(progress, '') }),
    );
  });

/** The same within this process, for tests that run many: some hundred times as fast. */
export async function callHubs(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const before = { env: { ...process.env }, exitCode: process.exitCode };
  const spies = (['log', 'error'] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
  const said = (at: number) => (spies[at]?.mock.calls ?? []).map(([line]) => `${line}\n`).join('');
  replaceEnvironment({ NODE_ENV: 'test', ...env });
  process.exitCode = 0;
  try {
    await runProgram(args);
    return { code: process.exitCode, out: said(0), err: said(1) };
  } finally {
    replaceEnvironment(before.env);
    process.exitCode = before.exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}

/** In place, for Node itself reads the real one. */
function replaceEnvironment(env: Record<string, string | undefined>): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
