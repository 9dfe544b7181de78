// The bus archive (datagrepper, v2): every message of a span of time, oldest first.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type FetchOptions, fetchJson } from './fetch.ts';
import { UpstreamError } from './upstream-error.ts';

/** Milliseconds since 1970; messages sent at `toMs` belong to the next span. */
export interface Span {
  fromMs: number;
  toMs: number;
}

export interface ArchivePage {
  /** As the archive has them: `{topic, id, headers, body}`. */
  rows: unknown[];
  /** Everything sent before has been read. */
  readUntilMs: number;
}

/** The archive gives no more at once. */
const PAGE_ROWS = 100;
/** It skips rows by counting them, and gives up on long spans: an hour of Fedora has some 4,000 messages. */
const WINDOW_MS = 3_600_000;
/** Long for a page, but it takes that long when it is busy. */
const DEADLINE_MS = 60_000;
const PAGE_BYTES = 32_000_000;
const TRIES = 5;
const PAUSE_MS = 1_000;

const answerSchema = z.object({
  raw_messages: z.array(z.unknown()),
  pages: z.number().int().min(0),
  total: z.number().int().min(0),
});
type Answer = z.infer<typeof answerSchema>;

export type ArchiveOptions = Pick<FetchOptions, 'signal' | 'guard'> & {
  deadlineMs?: number;
  pauseMs?: number;
};

/**
 * Pages through a span, hour by hour. What fails for a reason that may pass is asked again, five times in all. Rows that
 * arrive late shift the others on: then a row comes twice, none is missed.
 * @param base such as https://apps.fedoraproject.org/datagrepper; the operator's choice, it may lie in a private network
 * @throws {UpstreamError} when the archive does not answer or not as expected; what was yielded is complete
 */
export async function* readArchive(
  base: string,
  { fromMs, toMs }: Span,
  options: ArchiveOptions = {},
): AsyncGenerator<ArchivePage> {
  for (let startMs = fromMs; startMs < toMs; startMs += WINDOW_MS) {
    const window = { fromMs: startMs, toMs: Math.min(startMs + WINDOW_MS, toMs) };
    let pages = 1;
    for (let page = 1; page <= pages; page += 1) {
      const answer = await ask(base, window, { page, rows_per_page: PAGE_ROWS, order: 'asc' }, options);
      pages = answer.pages;
      yield { rows: answer.raw_messages, readUntilMs: page < pages ? window.fromMs : window.toMs };
    }
  }
}

/** Nobody reads further back in one go. */
const MOST_PAGES = 20;

/** Whom or what messages are about, one of each that is named; as the archive knows them. */
export interface ArchiveFilter {
  user?: string[];
  package?: string[];
  category?: string[];
}

/**
 * What the filter lets through of a span, newest first, as pages of rows; at most the newest 2,000.
 * @throws {UpstreamError}
 */
export async function* readArchiveOf(
  base: string,
  filter: ArchiveFilter,
  span: Span,
  options: ArchiveOptions = {},
): AsyncGenerator<unknown[]> {
  for (let page = 1, pages = 1; page <= Math.min(pages, MOST_PAGES); page += 1) {
    const query = { ...filter, page, rows_per_page: PAGE_ROWS, order: 'desc' };
    const answer = await ask(base, span, query, options);
    pages = answer.pages;
    yield answer.raw_messages;
  }
}

/**
 * How many messages of a span the archive has.
 * @throws {UpstreamError}
 */
export async function countArchive(base: string, span: Span, options: ArchiveOptions = {}): Promise<number> {
  return (await ask(base, span, { page: 1, rows_per_page: 1 }, options)).total;
}

async function ask(
  base: string,
  { fromMs, toMs }: Span,
  query: Record<string, string | number | string[]>,
  options: ArchiveOptions,
): Promise<Answer> {
  const url = new URL(`${base.replace(/\/+$/, '')}/v2/search`);
  // The archive's end is inclusive, to the microsecond.
  const search = { start: fromMs / 1_000, end: (toMs - 0.001) / 1_000, ...query };
  for (const [name, value] of Object.entries(search))
    for (const one of [value].flat()) url.searchParams.append(name, String(one));
  const { pauseMs = PAUSE_MS, signal } = options;
  for (let tried = 1; ; tried += 1) {
    try {
      return readAnswer(url, await fetchPage(url, options));
    } catch (error) {
      if (!(error instanceof UpstreamError) || !error.retry || tried === TRIES || signal?.aborted)
        throw error;
      const waitMs = Math.max(pauseMs * 2 ** tried, error.retryAfterMs ?? 0);
      await delay(waitMs, undefined, { ref: false, signal }).catch(() => undefined); // the next try hears of it too
    }
  }
}

const fetchPage = (url: URL, { signal, guard, deadlineMs = DEADLINE_MS }: ArchiveOptions) =>
  fetchJson(url.href, {
    deadlineMs,
    limitBytes: PAGE_BYTES,
    mayBePrivate: [url.origin],
    ...(signal && { signal }),
    ...(guard && { guard }),
  });

function readAnswer({ host }: URL, answer: unknown): Answer {
  const result = answerSchema.safeParse(answer);
  if (result.success) return result.data;
  throw new UpstreamError(`${host} answered with data that is not a page of the archive.`, {
    retry: false,
    cause: result.error,
  });
}
