// An EventSource that says how it is, comes back when the browser has given up, and spares a page nobody looks at.
import type { Notice } from '../bus/streams.ts';

/** What a part of the page hears: a notice, or that it may have missed some. */
export type Heard = Pick<Notice, 'hub' | 'what' | 'widgets'> | 'missed';

export type StreamState = 'off' | 'connecting' | 'live' | 'broken';

interface Handlers {
  onState(state: StreamState): void;
  /** 'missed': the stream has opened (again), or the server could not replay; what is shown may be old. */
  onHeard(heard: Heard): void;
  /** The server refused the stream for the first time: perhaps one of its hubs is no longer for this reader. */
  onRefused?(): void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** A page that was out of sight this long may have had its connection frozen without an error. */
const ASLEEP_MS = 60_000;

/**
 * Opens the stream at once and keeps it open.
 * @returns closes it
 */
export function openEventStream(url: string, { onState, onHeard, onRefused }: Handlers): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let hiddenAt = document.hidden ? Date.now() : null;
  let missed = false;

  // While nobody looks, it is enough to know that content was missed.
  const hear = (heard: Heard) => {
    const isContent = heard === 'missed' || heard.what === 'entry' || heard.what === 'value';
    if (document.hidden && isContent) missed = true;
    else onHeard(heard);
  };

  const open = () => {
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      onState('live');
      // Between the server's rendering and this moment something may have changed, too.
      hear('missed');
    };
    source.addEventListener('notice', (event) => hear(JSON.parse(event.data)));
    // The stream stands, but nothing can come over it until a `gap` ends that.
    source.addEventListener('away', () => onState('broken'));
    source.addEventListener('gap', () => {
      onState('live');
      hear('missed');
    });
    source.onerror = () => {
      onState('broken');
      // The browser tries again by itself after a lost connection, but never after an answer that is no stream.
      if (source.readyState !== EventSource.CLOSED) return;
      if (failures === 0) onRefused?.();
      const waitMs = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS);
      timer = setTimeout(open, waitMs * (0.5 + Math.random() / 2));
    };
  };

  const onVisibility = () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    const asleep = hiddenAt !== null && Date.now() - hiddenAt > ASLEEP_MS;
    hiddenAt = null;
    if (missed || asleep) onHeard('missed');
    missed = false;
  };

  open();
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    source.close();
  };
}
