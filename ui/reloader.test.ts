import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeReloader } from './reloader.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A fetch that the test ends by hand. */
function makeFetch() {
  const underway: ((succeeded: boolean) => void)[] = [];
  const fetchAgain = vi.fn(() => new Promise<boolean>((resolve) => underway.push(resolve)));
  const end = async (succeeded: boolean) => {
    underway.shift()?.(succeeded);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { fetchAgain, end };
}

test('however often it is asked, one fetch is under way and one waits', async () => {
  const { fetchAgain, end } = makeFetch();
  const reloader = makeReloader(fetchAgain, 100);
  for (let i = 0; i < 10; i++) reloader.ask();
  expect(fetchAgain).toHaveBeenCalledTimes(1);
  await end(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
  await end(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
});

test('what is asked right after a fetch waits for the spacing and is not lost', async () => {
  const { fetchAgain, end } = makeFetch();
  const reloader = makeReloader(fetchAgain, 100);
  reloader.ask();
  await end(true);
  reloader.ask();
  expect(fetchAgain).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
});

test('a failure is tried again, later each time, and at once when something changed', async () => {
  const { fetchAgain, end } = makeFetch();
  const reloader = makeReloader(fetchAgain, 100);
  reloader.ask();
  await end(false);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(fetchAgain).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
  await end(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
  reloader.ask();
  expect(fetchAgain).toHaveBeenCalledTimes(3);
});

test('after a stop nothing is fetched', async () => {
  const { fetchAgain, end } = makeFetch();
  const reloader = makeReloader(fetchAgain, 100);
  reloader.ask();
  reloader.stop();
  await end(false);
  reloader.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchAgain).toHaveBeenCalledTimes(1);
});
