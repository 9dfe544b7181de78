'use client';
// One clock for every age on the page: the server's time, moved on by the browser, ticking for all at once.
import { useSyncExternalStore } from 'react';

const TICK_MS = 5_000;

/** How far the server is ahead of the browser. The largest ever seen: a slow answer only makes it look smaller. */
let aheadMs = Number.NEGATIVE_INFINITY;
let time: number | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Tells the clock when the server made what has just arrived. */
export function noteServerTime(now: number): void {
  aheadMs = Math.max(aheadMs, now - Date.now());
}

function tick(): void {
  time = Date.now() + (Number.isFinite(aheadMs) ? aheadMs : 0);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) timer = setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The time now, by the server's clock, renewed every 5 s.
 * @param renderedAt when what is shown was made; what server and browser count from at first, and never earlier
 */
export function useNow(renderedAt: number): number {
  const now = useSyncExternalStore(
    subscribe,
    () => time,
    () => null,
  );
  return Math.max(now ?? renderedAt, renderedAt);
}

const never = () => () => undefined;

/** The reader's time zone, as they chose it or as the browser has it; UTC where the server renders and until the page has woken up. */
export const useTimeZone = (): string =>
  useSyncExternalStore(
    never,
    () => document.documentElement.dataset.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
