import { readFile } from 'node:fs/promises';

/** The licence's text, read when Hubs is built. */
export const dynamic = 'force-static';

export async function GET(): Promise<Response> {
  return new Response(await readFile('LICENSE'), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
