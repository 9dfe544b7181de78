// A file of JSON lines as a source: messages in any form of the bus, one a line.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fromAnyForm } from '../../bus/archive.ts';
import { BadMessage } from '../../bus/bad-message.ts';
import { endWithin } from './end-within.ts';
import { MESSAGE_BYTES, type ReadResult, type Source, type Take } from './source.ts';

export interface LinesOptions {
  /** As people know it. */
  name: string;
  /** 1: with the pauses that lay between the messages when they were sent; 2: twice as fast. As fast as it goes without. */
  speed?: number | undefined;
}

export function openLinesSource(input: Readable, { name, speed }: LinesOptions, take: Take): Source {
  const stopping = new AbortController();
  const { signal } = stopping;
  let begin: { sentMs: number; atMs: number } | null = null;

  /** Until it is the message's turn. */
  async function pace(sentMs: number): Promise<void> {
    if (speed === undefined) return;
    begin ??= { sentMs, atMs: performance.now() };
    const waitMs = (sentMs - begin.sentMs) / speed - (performance.now() - begin.atMs);
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined); // ended by a stop
  }

  async function read(): Promise<void> {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal })) {
      if (line.trim() === '') continue;
      const result = readLine(line);
      const isMessage = 'message' in result;
      if (isMessage) await pace(result.message.time);
      if (signal.aborted) return;
      await take({ topic: isMessage ? result.message.topic : '', result });
    }
  }
  const done = read();

  return {
    name,
    done,
    wrong: () => [],
    async stop(limitMs) {
      stopping.abort();
      await endWithin(done, limitMs);
    },
  };
}

function readLine(line: string): ReadResult {
  const bytes = Buffer.byteLength(line);
  if (bytes > MESSAGE_BYTES)
    return { dropped: 'size', sentence: `has ${bytes} bytes; at most ${MESSAGE_BYTES} are taken` };
  try {
    return { message: fromAnyForm(JSON.parse(line)) };
  } catch (error) {
    if (error instanceof SyntaxError) return { dropped: 'json', sentence: 'is not JSON' };
    if (!(error instanceof BadMessage)) throw error;
    return { dropped: 'message', sentence: error.reason };
  }
}
