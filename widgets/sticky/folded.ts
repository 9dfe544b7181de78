'use client';
import { useSyncExternalStore } from 'react';

const changed = new Set<() => void>();

function subscribe(listener: () => void) {
  changed.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    changed.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(key: string): boolean {
  try {
    return window.localStorage.getItem(key) !== null;
  } catch {
    return false; // a browser that keeps nothing: it is open at each visit
  }
}

/** Whether this reader folded it, remembered in the browser; open where the server renders. */
export function useFolded(key: string): [boolean, (folded: boolean) => void] {
  const folded = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => false,
  );
  const fold = (now: boolean) => {
    if (now === read(key)) return;
    try {
      if (now) window.localStorage.setItem(key, '1');
      else window.localStorage.removeItem(key);
    } catch {
      return; // see above
    }
    for (const listener of changed) listener();
  };
  return [folded, fold];
}
