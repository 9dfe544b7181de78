import { CommanderError } from 'commander';
import { exitStatus } from './exit-status.ts';
import { makeProgram } from './program.ts';

/**
 * Runs what the words ask for. What goes wrong is a sentence on standard error and process.exitCode.
 * @param words of the command line, without the program
 */
export async function runProgram(words: string[], calledBy?: string): Promise<void> {
  try {
    await makeProgram(calledBy).parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : exitStatus.usage;
      return;
    }
    const { explain } = await import('./explain.ts');
    const { sentence, exitCode } = explain(error);
    console.error(sentence);
    process.exitCode = exitCode;
  }
}
