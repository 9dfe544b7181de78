import { HubError } from './hub-error.ts';

/** @throws {HubError} `conflict` where somebody else changed the hub since the form with that version was opened */
export function refuseStale(hub: { version: number }, since: number): void {
  if (hub.version === since) return;
  throw new HubError(
    'Somebody else changed this hub since you opened the form. What you typed is still here: look at theirs in another window, then save again.',
    { code: 'conflict' },
  );
}
