// The files of trust, wherever they lie, kept fresh.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../runtime/log.ts';
import { fetchBytes } from '../../upstreams/fetch.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { readRoutingPolicy } from './routing-policy.ts';
import { BadTrust, readAuthorities, readRevocations, type Trust } from './trust.ts';
import { makeVerifier, type SignatureFault, type Verdict, type Verifier } from './verify.ts';

/** Paths of files, or web addresses. */
export interface TrustPlaces {
  ca: string;
  crl?: string | undefined;
  policy?: string | undefined;
}

const LIMIT_BYTES = 10_000_000;

/** @throws {BadTrust} a sentence that begins with the place that is wrong */
export async function loadTrust({ ca, crl, policy }: TrustPlaces): Promise<Trust> {
  const authorities = await load(ca, readAuthorities);
  return {
    authorities,
    ...(crl && { revocations: await load(crl, (text) => readRevocations(text, authorities)) }),
    ...(policy && { policy: await load(policy, readRoutingPolicy) }),
  };
}

async function load<T>(place: string, read: (text: string) => T | Promise<T>): Promise<T> {
  const text = await readPlace(place);
  try {
    return await read(text);
  } catch (cause) {
    if (!(cause instanceof BadTrust)) throw cause;
    throw new BadTrust(`${place} ${cause.message}.`, { cause });
  }
}

async function readPlace(place: string): Promise<string> {
  try {
    if (!/^https?:/.test(place)) return await readFile(place, 'utf8');
    // The operator's own choice of address: it may lie in a private network.
    const options = { limitBytes: LIMIT_BYTES, mayBePrivate: [new URL(place).origin] };
    return (await fetchBytes(place, options)).bytes.toString('utf8');
  } catch (cause) {
    if (cause instanceof UpstreamError) throw new BadTrust(cause.message, { cause });
    const { code } = cause as NodeJS.ErrnoException;
    throw new BadTrust(`${place} can't be read (${code}); check path and rights.`, { cause });
  }
}

/** What newer files may mend; the check is made again with them. */
const mendable = new Set<SignatureFault>(['authority', 'date', 'revocations']);
/** Whoever sends bad messages makes Hubs read the files again at most this often. */
const RELOAD_MS = 10_000;
const RETRY_MS = 500;

export interface TrustKeeper {
  /**
   * Checks an envelope; while the files were never read it waits for them.
   * @throws {BadJson} when the text is no JSON object
   * @throws {BadTrust} when it was stopped before the files could be read
   */
  verify(envelope: string): Promise<Verdict>;
  /** Why it can't check anything, a sentence. */
  wrong(): string[];
  stop(): void;
}

/**
 * Reads the files of trust, again every `refreshMs`, and again when a message fails for what newer ones may mend. When
 * they can't be read later, those read before stay in force.
 */
export function keepTrust(
  places: TrustPlaces,
  { refreshMs, log }: { refreshMs: number; log: Log },
): TrustKeeper {
  const stopping = new AbortController();
  const first = Promise.withResolvers<Verifier>();
  first.promise.catch(() => undefined); // a stop before the first message came concerns nobody
  let verifier: Verifier | null = null;
  let problem: string | null = null;
  let reloadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    try {
      verifier = makeVerifier(await loadTrust(places));
      problem = null;
      first.resolve(verifier);
    } catch (error) {
      if (!(error instanceof BadTrust)) throw error;
      if (error.message !== problem) log.error({ err: error }, 'the files of trust can not be read');
      problem = error.message;
    } finally {
      loading = null;
    }
  }
  const loadOnce = () => {
    loading ??= load();
    return loading;
  };

  async function refresh(): Promise<void> {
    for (;;) {
      await loadOnce();
      await delay(verifier ? refreshMs : RETRY_MS, undefined, { signal: stopping.signal, ref: false });
    }
  }
  refresh().catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    first.reject(error);
    log.error({ err: error }, 'the files of trust are not read any more');
  });

  return {
    async verify(envelope) {
      const verdict = (verifier ?? (await first.promise))(envelope, new Date());
      if (verdict.valid || !mendable.has(verdict.fault)) return verdict;
      if (!loading && performance.now() - reloadedAt < RELOAD_MS) return verdict;
      reloadedAt = performance.now();
      await loadOnce();
      return (verifier ?? (await first.promise))(envelope, new Date());
    },
    wrong: () =>
      verifier ? [] : [`Signatures can't be checked, and messages wait: ${problem ?? 'loading.'}`],
    stop() {
      stopping.abort();
      first.reject(new BadTrust(problem ?? 'Stopped.'));
    },
  };
}
