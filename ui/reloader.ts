// Fetches again without piling up: one fetch at a time, at most one more behind it, and after a failure a later try.

const SPACING_MS = 250;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

export interface Reloader {
  /** Something changed: fetch now, or once more when the fetch under way is done. */
  ask(): void;
  stop(): void;
}

/**
 * @param fetchAgain resolves to whether it succeeded; must not throw
 * @param spacingMs from the end of one fetch to the start of the next
 */
export function makeReloader(
  fetchAgain: (signal: AbortSignal) => Promise<boolean>,
  spacingMs = SPACING_MS,
): Reloader {
  const controller = new AbortController();
  let state: 'idle' | 'underway' | 'spacing' | 'retrying' = 'idle';
  let again = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    clearTimeout(timer);
    state = 'underway';
    again = false;
    const succeeded = await fetchAgain(controller.signal);
    if (controller.signal.aborted) return;
    failures = succeeded ? 0 : failures + 1;
    state = succeeded ? 'spacing' : 'retrying';
    timer = setTimeout(
      next,
      succeeded ? spacingMs : Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS),
    );
  }

  function next(): void {
    if (again || state === 'retrying') void run();
    else state = 'idle';
  }

  return {
    ask() {
      if (controller.signal.aborted) return;
      if (state === 'underway' || state === 'spacing') again = true;
      else void run();
    },
    stop() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
