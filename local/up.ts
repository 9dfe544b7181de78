// bin/up: all of Hubs on this machine. Only Node's own modules are imported until the packages are there.
import { join } from 'node:path';
import { parseUpOptions, usage } from './options.ts';
import { prepareTree } from './prepare.ts';
import { explain, Problem } from './problem.ts';

// The terminal may close before the parts are stopped: that must not end this process.
process.stdout.on('error', () => undefined);

const root = join(import.meta.dirname, '..');

try {
  const options = parseUpOptions(process.argv.slice(2), root, process.env);
  if (options.help) console.log(usage);
  else {
    const say = (line: string) => console.log(line);
    await prepareTree(root, say);
    const { runEverything } = await import('./run-everything.ts');
    await runEverything(root, options, say);
  }
  process.exit(0);
} catch (error) {
  console.error(explain(error));
  process.exit(error instanceof Problem ? error.exitCode : 1);
}
