import { spawn } from 'node:child_process';
import { Problem } from './problem.ts';

const LAST_LINES = 12;

/**
 * Runs a program to its end, silently.
 * @param doing begins the sentence when it fails, like "Installing the packages"
 * @param options.signal ends it
 * @returns what it wrote
 * @throws {Problem} with its last lines
 */
export async function runTool(
  doing: string,
  file: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<string> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`can't start: ${error.message}`));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? code}`));
  });
  if (how === undefined) return output;
  const lines = output.trimEnd().split('\n').slice(-LAST_LINES);
  throw new Problem(`${doing} failed: ${file} ${how}.\n${lines.join('\n')}`);
}

/** Runs a program to its end, its output in the terminal. @returns its exit status; 1 when it could not be started */
export async function runInTerminal(
  file: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
