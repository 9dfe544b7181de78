// The `hubs` command.
import { exitStatus } from './exit-status.ts';
import { runProgram } from './run-program.ts';

// Whatever hangs, Ctrl-C ends it at once; what finishes something first (run, replay) listens itself.
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(exitStatus.interrupted);
});
// Whoever read the answer has enough of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await runProgram(process.argv.slice(2), process.env.HUBS_COMMAND);
