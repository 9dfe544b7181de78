// Relays the event stream of the SSE server. In production the proxy in front goes there by itself.
import { getStores } from '../stores.ts';
import { holdStream } from '../streams.ts';

export const dynamic = 'force-dynamic';

/**
 * How long the SSE server may take to answer; the stream itself has no end. Longer than it waits for PostgreSQL, so that
 * its own reason arrives, and long enough for a machine that is busy: whoever is sent away soon comes again, which is more
 * work.
 */
const ANSWER_MS = 15_000;

export async function GET(request: Request): Promise<Response> {
  const held = holdStream();
  if (!held) return unavailable('Hubs is stopping.');
  const release = () => held.abort();
  request.signal.addEventListener('abort', release, { once: true });
  const deadline = setTimeout(() => held.abort(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  const { settings, log } = getStores();
  try {
    const upstream = await fetch(new URL(`/sse${new URL(request.url).search}`, settings.SSE_URL), {
      signal: held.signal,
      cache: 'no-store',
      headers: forwarded(request.headers),
    });
    if (!upstream.ok || !upstream.body) {
      const text = await upstream.text();
      release();
      return new Response(text, { status: upstream.status, headers: copied(upstream.headers) });
    }
    return new Response(endQuietly(upstream.body, release), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  } catch (error) {
    // A browser that left, and a stop, end the request by themselves.
    const wasEnded = isAbort(error);
    release();
    if (!wasEnded)
      log.warn({ err: error, url: settings.SSE_URL }, 'the SSE server does not answer (SSE_URL)');
    return unavailable('The live stream is away; the page tries again by itself.');
  } finally {
    clearTimeout(deadline);
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

const passedOn = ['cookie', 'last-event-id', 'x-forwarded-for', 'origin'];

function forwarded(from: Headers): Headers {
  const headers = new Headers({ accept: 'text/event-stream' });
  for (const name of passedOn) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

function copied(from: Headers): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of ['content-type', 'retry-after']) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

const unavailable = (sentence: string) =>
  new Response(`${sentence}\n`, {
    status: 503,
    headers: { 'retry-after': '2', 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });

/** Passes a stream on; a break of the source is an end, which the browser answers by connecting again. */
function endQuietly(source: ReadableStream<Uint8Array>, release: () => void): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream({
    async pull(controller) {
      // A broken source and one that ended look the same to the browser.
      const next = await reader.read().catch(() => ({ done: true as const, value: undefined }));
      if (!next.done) return controller.enqueue(next.value);
      release();
      controller.close();
    },
    cancel: release,
  });
}
