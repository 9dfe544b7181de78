// The archive as a source: a span of time that nobody listened in, oldest first.
import { fromArchiveV2 } from '../../bus/archive.ts';
import { BadMessage, isRecord } from '../../bus/bad-message.ts';
import { type ArchiveOptions, readArchive, type Span } from '../../upstreams/datagrepper.ts';
import { endWithin } from './end-within.ts';
import type { Arrival, Source, Take } from './source.ts';

export interface ArchiveSource extends Source {
  /** Everything sent before was handed on, milliseconds since 1970. */
  readUntilMs(): number;
}

/** Its `done` rejects with an UpstreamError when the archive gives up; `readUntilMs` tells where to go on. */
export function openArchiveSource(
  base: string,
  span: Span,
  take: Take,
  options: Omit<ArchiveOptions, 'signal'> = {},
): ArchiveSource {
  const stopping = new AbortController();
  const { signal } = stopping;
  let readUntilMs = span.fromMs;
  let problem: string | null = null;

  async function read(): Promise<void> {
    try {
      for await (const page of readArchive(base, span, { ...options, signal })) {
        for (const row of page.rows) {
          if (signal.aborted) return;
          await take(readRow(row));
        }
        readUntilMs = page.readUntilMs;
      }
    } catch (error) {
      if (signal.aborted) return;
      problem = (error as Error).message;
      throw error;
    }
  }
  const done = read();
  done.catch(() => undefined); // also told by `wrong`

  return {
    name: base,
    done,
    readUntilMs: () => readUntilMs,
    wrong: () => (problem ? [`The archive at ${base} was read no further: ${problem}`] : []),
    async stop(limitMs) {
      stopping.abort();
      await endWithin(done, limitMs);
    },
  };
}

function readRow(row: unknown): Arrival {
  const topic = isRecord(row) && typeof row.topic === 'string' ? row.topic : '';
  try {
    return { topic, result: { message: fromArchiveV2(row) } };
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    return { topic, result: { dropped: 'message', sentence: error.reason } };
  }
}
