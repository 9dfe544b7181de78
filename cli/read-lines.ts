import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Line {
  text: string;
  /** From 1 on, empty ones counted. */
  number: number;
}

/** The lines that are not empty. */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== '') yield { text, number };
  }
}
