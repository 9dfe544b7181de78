// The one fetch that every outside call uses: it ends, it is bounded, it reaches no private address, it fails in words.
import { type Dispatcher, fetch, type Response } from 'undici';
import { openGuard, PrivateAddress } from './guard.ts';
import { readRestMs } from './rate-limits.ts';
import { Unchanged, UpstreamError } from './upstream-error.ts';

const REDIRECTS = 3;
const userAgent = 'Hubs/0.1 (contributor and team portal)';

export interface FetchOptions {
  /** The caller's own end, such as a process that stops. */
  signal?: AbortSignal;
  deadlineMs?: number;
  limitBytes?: number;
  /** Origins that the operator configured: only these may lie in a private network. */
  mayBePrivate?: string[];
  /** Another guard, with another resolver. */
  guard?: Dispatcher;
  /** Sent to the address's own origin only, not to where it redirects. */
  headers?: Record<string, string>;
  /** What is said beside the content, for one request that is made again and again. */
  exchange?: Exchange | undefined;
}

/** What an answer says of itself, so that it need not be sent again while it stays as it is (RFC 9110, 13.1). */
export interface Validators {
  address: string;
  etag?: string;
  lastModified?: string;
}

export interface Exchange {
  /** Of the answer that is known; sent where the address is the same. */
  known?: Validators | undefined;
  /** Of this answer; undefined where it has none. */
  validators?: Validators | undefined;
  /** The service answered, and wants to be left alone for so long from now on. */
  restMs?: number | undefined;
}

let usualGuard: Dispatcher | undefined;

/**
 * Asks an outside service for JSON.
 * @throws {Unchanged} when it is as `exchange.known` says
 * @throws {UpstreamError} when it is silent, refuses, fails, sends too much, or sends something else than JSON
 */
export function fetchJson(
  address: string,
  { limitBytes = 5_000_000, ...options }: FetchOptions = {},
): Promise<unknown> {
  const host = hostOf(address);
  return ask(address, 'application/json', options, async (response) =>
    parse(host, response, (await readBytes(host, response, limitBytes)).toString('utf8')),
  );
}

export interface Fetched {
  /** Where it came from, after redirects. */
  url: string;
  /** The media type, in lower case, without parameters. */
  type: string;
  bytes: Buffer;
}

/**
 * Fetches what lies at an address.
 * @param options.cut what is longer than `limitBytes` is cut there instead of refused
 * @throws {Unchanged} when it is as `exchange.known` says
 * @throws {UpstreamError} when it is silent, refuses, fails or sends too much
 */
export function fetchBytes(
  address: string,
  { limitBytes, cut = false, ...options }: FetchOptions & { limitBytes: number; cut?: boolean },
): Promise<Fetched> {
  return ask(address, '*/*', options, async (response) => ({
    url: response.url,
    type: (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    bytes: await readBytes(hostOf(address), response, limitBytes, cut),
  }));
}

async function ask<T>(
  address: string,
  accept: string,
  { signal, deadlineMs = 10_000, mayBePrivate = [], guard, exchange, headers = {} }: FetchOptions,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const host = hostOf(address);
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(deadlineMs);
  const end = signal ? AbortSignal.any([signal, deadline]) : deadline;
  usualGuard ??= openGuard();
  const through = guard ?? usualGuard;
  const conditions = conditionsOf(exchange?.known, address);
  const get = (url: URL) =>
    fetch(url, {
      signal: end,
      redirect: 'manual',
      headers: {
        ...{ accept, 'user-agent': userAgent, ...conditions },
        ...(url.origin === URL.parse(address)?.origin ? headers : {}),
      },
      ...(mayBePrivate.includes(url.origin) ? {} : { dispatcher: through }),
    });
  try {
    const response = await follow(address, get);
    if (exchange) hear(exchange, address, response);
    if (response.status === 304 && Object.keys(conditions).length > 0) throw new Unchanged();
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(host, response);
    }
    return await read(response);
  } catch (error) {
    if (error instanceof UpstreamError || error instanceof Unchanged) throw error;
    throw silence(host, error, end, performance.now() - startedAt);
  }
}

function conditionsOf(known: Validators | undefined, address: string): Record<string, string> {
  if (known?.address !== address) return {};
  return {
    ...(known.etag ? { 'if-none-match': known.etag } : {}),
    ...(known.lastModified ? { 'if-modified-since': known.lastModified } : {}),
  };
}

function hear(exchange: Exchange, address: string, { headers, ok }: Response): void {
  exchange.restMs = readRestMs(headers);
  if (!ok) return;
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  exchange.validators =
    etag || lastModified
      ? { address, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) }
      : undefined;
}

async function follow(address: string, get: (url: URL) => Promise<Response>): Promise<Response> {
  let url = readAddress(address);
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const response = await get(url);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !location) return response;
    await response.body?.cancel();
    url = readAddress(location, url);
  }
  throw new UpstreamError(`${hostOf(address)} sends Hubs from one address to the next without an end.`, {
    retry: false,
  });
}

/** Web addresses only; where they lead is checked when a connection is made (guard.ts). */
function readAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base);
  if (!url) throw new UpstreamError(`${address} is not an address Hubs can ask.`, { retry: false });
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UpstreamError(
      `${base?.host ?? address} leads to ${url.protocol}; Hubs asks http and https only.`,
      {
        retry: false,
      },
    );
  }
  return url;
}

const hostOf = (address: string) => URL.parse(address)?.host || address;

async function readBytes(host: string, response: Response, limitBytes: number, cut = false): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the transfer.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes <= limitBytes) continue;
    if (cut) break;
    throw new UpstreamError(`${host} sent more than ${limitBytes} bytes.`, { retry: false });
  }
  return Buffer.concat(chunks).subarray(0, limitBytes);
}

function parse(host: string, response: Response, text: string): unknown {
  // Anti-bot walls and log-in pages answer 200 with a page.
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) {
    throw new UpstreamError(`${host} answered with a page for people instead of data.`, { retry: true });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UpstreamError(`${host} answered with data that is not JSON.`, { retry: true, cause });
  }
}

function refusal(host: string, response: Response): UpstreamError {
  const { status, headers } = response;
  const retryAfterMs = readRestMs(headers);
  // GitHub says with 403, too, that it was asked too often.
  if (status === 429 || (status === 403 && retryAfterMs !== undefined))
    return new UpstreamError(`${host} asks for fewer requests (${status}).`, {
      retry: true,
      status,
      retryAfterMs,
    });
  if (status === 404 || status === 410)
    return new UpstreamError(`${host} does not have what was asked for (${status}).`, {
      retry: false,
      status,
    });
  if (status === 401 || status === 403)
    return new UpstreamError(`${host} does not let Hubs read this (${status}).`, { retry: false, status });
  if (status >= 500)
    return new UpstreamError(`${host} has a fault of its own (${status}).`, {
      retry: true,
      status,
      retryAfterMs,
    });
  return new UpstreamError(`${host} did not accept the request (${status}).`, { retry: false, status });
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'has no address on the network',
  EAI_AGAIN: 'has no address on the network just now',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke off the connection',
  UND_ERR_SOCKET: 'broke off the connection',
  UND_ERR_CONNECT_TIMEOUT: 'could not be reached in time',
  EHOSTUNREACH: 'could not be reached',
  ENETUNREACH: 'could not be reached',
};

function silence(host: string, error: unknown, end: AbortSignal, elapsedMs: number): UpstreamError {
  if (end.aborted) {
    const late = end.reason instanceof DOMException && end.reason.name === 'TimeoutError';
    const seconds = Math.max(1, Math.round(elapsedMs / 1_000));
    return new UpstreamError(
      late ? `${host} did not answer within ${seconds} s.` : `The request to ${host} was ended.`,
      { retry: true, cause: error },
    );
  }
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof PrivateAddress) {
    return new UpstreamError(`${host} ${cause.message}.`, { retry: false, cause });
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new UpstreamError(`${host} ${reasons[code] ?? `could not be asked (${code})`}.`, {
    retry: true,
    cause: error,
  });
}
