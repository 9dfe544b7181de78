// An EventSource that says how it is, comes back when the browser has given up, and spares a page nobody looks at.
import type { Notice } from '../bus/streams.ts';

/** What a part of the page hears: a notice, or that it may have missed some. */
export type Heard = Pick<Notice, 'hub' | 'what' | 'widgets'> | 'missed';

export type StreamState = 'off' | 'connecting' | 'live' | 'broken';

interface Handlers {
  onState(state: StreamState): void;
  /** 'missed': the server can't tell what changed meanwhile; what is shown may be old. */
  onHeard(heard: Heard): void;
  /** The server says that one of the hubs is not there: perhaps it is no longer for this reader. */
  onRefused?(): void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** A page that was out of sight this long may have had its connection frozen without an error. */
const ASLEEP_MS = 60_000;

/**
 * Opens the stream at once and keeps it open.
 * @param since when what is shown was rendered: the server tells what changed since then
 * @returns closes it
 */
export function openEventStream(
  url: string,
  since: number,
  { onState, onHeard, onRefused }: Handlers,
): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let hiddenAt = document.hidden ? Date.now() : null;
  let missed = false;
  let closed = false;
  // The id of the last event. The browser knows it, too, but only as long as it opens the stream again by itself.
  let position = '';

  // While nobody looks, it is enough to know that content was missed.
  const hear = (heard: Heard) => {
    const isContent = heard === 'missed' || heard.what === 'entry' || heard.what === 'value';
    if (document.hidden && isContent) missed = true;
    else onHeard(heard);
  };

  const open = () => {
    source = new EventSource(
      `${url}&${position ? `after=${encodeURIComponent(position)}` : `since=${since}`}`,
    );
    const on = (name: string, act: (data: string) => void) =>
      source.addEventListener(name, ({ lastEventId, data }) => {
        position = lastEventId || position;
        act(data);
      });
    source.onopen = () => {
      failures = 0;
      onState('live');
    };
    on('notice', (data) => hear(JSON.parse(data)));
    on('position', () => undefined);
    // The stream stands, but nothing can come over it until a `gap` ends that.
    on('away', () => onState('broken'));
    on('gap', () => {
      onState('live');
      hear('missed');
    });
    source.onerror = () => {
      onState('broken');
      // The browser tries again by itself after a lost connection, but never after an answer that is no stream.
      if (source.readyState !== EventSource.CLOSED) return;
      if (failures === 0) void askWhy();
      const waitMs = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS);
      timer = setTimeout(open, waitMs * (0.5 + Math.random() / 2));
    };
  };

  // An EventSource keeps to itself what was answered. While the server is away no page shall ask for more than that.
  const askWhy = async () => {
    if ((await readStatus(url)) === 404 && !closed) onRefused?.();
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
    closed = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    source.close();
  };
}

/** Null where there is no answer at all. A stream that is there after all is let go at once. */
async function readStatus(url: string): Promise<number | null> {
  const leaving = new AbortController();
  try {
    return (await fetch(url, { signal: leaving.signal, cache: 'no-store' })).status;
  } catch {
    return null; // it is tried again anyway
  } finally {
    leaving.abort();
  }
}
