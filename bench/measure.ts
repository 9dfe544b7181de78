import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';

/** Milliseconds to the first byte and to the last one. */
export interface Times {
  first: number;
  last: number;
}

export async function timeOne(url: string): Promise<Times> {
  const start = performance.now();
  const response = await fetch(url);
  const reader = response.body?.getReader();
  await reader?.read();
  const first = performance.now() - start;
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read());
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return { first, last: performance.now() - start };
}

/** One request after the other, the addresses in turn, so that what disturbs the machine disturbs each alike. */
export async function timeInTurn(urls: string[], rounds: number): Promise<Times[][]> {
  const times: Times[][] = urls.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, url] of urls.entries()) times[at]?.push(await timeOne(url));
  return times;
}

/** The value below which the given share lies. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Requests per second that one process answers to ten clients. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: 10, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} bad answers`);
  return result.requests.average;
}

/** Bytes of a page as gzip sends them: its HTML, and the scripts that it names. */
export async function weigh(url: string): Promise<{ html: number; scripts: number }> {
  const html = await (await fetch(url)).text();
  const names = new Set(
    [...html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)].flatMap(([tag, src]) =>
      // Only browsers too old for modules fetch these.
      src === undefined || tag.includes('noModule') ? [] : [src.replaceAll('&amp;', '&')],
    ),
  );
  const sizes = await Promise.all(
    [...names].map(
      async (src) => gzipSync(Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer())).length,
    ),
  );
  return { html: gzipSync(html).length, scripts: sizes.reduce((sum, size) => sum + size, 0) };
}
