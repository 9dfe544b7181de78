// The event streams that this process relays, so that SIGTERM can end them: Next waits for every response.
interface Relayed {
  open: Set<AbortController>;
  ended: boolean;
}

declare global {
  var hubsStreams: Relayed | undefined;
}

function relayed(): Relayed {
  globalThis.hubsStreams ??= { open: new Set(), ended: false };
  return globalThis.hubsStreams;
}

/** A controller that `endStreams` aborts; null once they have ended. */
export function holdStream(): AbortController | null {
  const streams = relayed();
  if (streams.ended) return null;
  const controller = new AbortController();
  streams.open.add(controller);
  controller.signal.addEventListener('abort', () => streams.open.delete(controller), { once: true });
  return controller;
}

/** Ends every stream and takes no more. */
export function endStreams(): void {
  const streams = relayed();
  streams.ended = true;
  for (const controller of streams.open) controller.abort();
}
