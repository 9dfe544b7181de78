import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from './problem.ts';

export interface UpOptions {
  port: number;
  /** Absolute. */
  data: string;
  demo: boolean;
  reset: boolean;
  help: boolean;
}

export const usage = `Usage: bin/up [options]

Runs all of Hubs on this machine, with demo teams and a demo bus, until Ctrl-C.

  --port N     the port of the pages (default: 3000)
  --data DIR   the folder of all data, settings and logs (default: $HUBS_DATA or .data)
  --no-demo    no demo teams and no demo bus
  --reset      start with empty stores: everything bin/up wrote into the data folder goes
  --help       this text

FEEDS_URL=mongodb://… in the environment keeps the feeds there; no other address of a store is taken from it.`;

/** Exit code EX_USAGE. */
const WRONG_USAGE = 64;

/**
 * @param root the folder of the clone
 * @throws {Problem} naming the option that is wrong
 */
export function parseUpOptions(args: string[], root: string, env: NodeJS.ProcessEnv): UpOptions {
  const given = parseOrExplain(args);
  const port = Number(given.port);
  if (!/^\d+$/.test(given.port) || port < 1 || port > 65_535) {
    throw new Problem(`--port ${given.port} is not a port: take a number from 1 to 65535.`, WRONG_USAGE);
  }
  if (given.data === '') throw new Problem('--data needs the name of a folder.', WRONG_USAGE);
  const data = resolve(given.data ?? (env.HUBS_DATA || join(root, '.data')));
  return { port, data, demo: !given['no-demo'], reset: given.reset, help: given.help };
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // The first sentence names the option; the rest is advice about positional arguments.
    const [sentence] = (error as Error).message.split('. ');
    throw new Problem(`${sentence?.replace(/\.$/, '')}. bin/up --help lists the options.`, WRONG_USAGE, {
      cause: error,
    });
  }
}
