// The `hubs` command: what was called is run, what goes wrong is a sentence and an exit status.
import { CommanderError } from 'commander';
import { exitStatus } from './exit-status.ts';
import { makeProgram } from './program.ts';

// Whatever hangs, Ctrl-C ends it at once; what finishes something first (run, replay) listens itself.
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(exitStatus.interrupted);
});
// Whoever read the answer has enough of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await makeProgram(process.env.HUBS_COMMAND).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : exitStatus.usage;
  } else {
    const { explain } = await import('./explain.ts');
    const { sentence, exitCode } = explain(error);
    console.error(sentence);
    process.exitCode = exitCode;
  }
}
