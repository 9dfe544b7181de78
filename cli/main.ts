// The `hubs` command.
import { exitStatus } from './exit-status.ts';
import { runProgram } from './run-program.ts';

const LEFT_OPEN_MS = 3_000;

// Whatever hangs, Ctrl-C ends it at once; what finishes something first (run, replay) listens itself.
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(exitStatus.interrupted);
});
// Whoever read the answer has enough of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const words = process.argv.slice(2);
await runProgram(words, process.env.HUBS_COMMAND);
// What a service that hangs still holds open does not hold the command; `run` ends by itself.
if (words[0] !== 'run') setTimeout(() => process.exit(), LEFT_OPEN_MS).unref();
