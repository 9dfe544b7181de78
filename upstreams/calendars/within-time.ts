import { runInNewContext } from 'node:vm';

/**
 * Runs something that may never come to its end by itself.
 * @throws when it is not done in time, and what it throws
 */
export function withinTime<T>(limitMs: number, run: () => T): T {
  const outcome: { value?: T } = {};
  // V8 ends whatever is called from in there, also what lies outside.
  runInNewContext(
    'run()',
    {
      run: () => {
        outcome.value = run();
      },
    },
    { timeout: limitMs },
  );
  return outcome.value as T;
}
