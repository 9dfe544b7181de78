// What the OpenID library fetches with: bounded, and errors are errors whatever their status.
import type { CustomFetchOptions } from 'openid-client';
import { UpstreamError } from '../upstream-error.ts';

const LIMIT_BYTES = 1_000_000;

/**
 * Fetches from a provider. Ipsilon answers many errors with status 200: such an answer becomes a 400.
 * @throws {UpstreamError} when the provider can't be reached or sends too much
 */
export async function fetchFromProvider(address: string, options: CustomFetchOptions): Promise<Response> {
  const { host } = new URL(address);
  const { response, body } = await ask(host, address, options);
  const { status, headers } = response;
  const isHiddenError = status === 200 && saysError(body);
  // The length and the encoding were those of the bytes on the wire.
  const kept = new Headers([...headers].filter(([name]) => !/^content-(length|encoding)$/.test(name)));
  return new Response(body.length > 0 ? body : null, { status: isHiddenError ? 400 : status, headers: kept });
}

async function ask(host: string, address: string, options: CustomFetchOptions) {
  try {
    const response = await fetch(address, options as RequestInit);
    return { response, body: await readText(host, response) };
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    const late = options.signal?.aborted ?? false;
    throw new UpstreamError(`${host} ${late ? 'did not answer in time' : 'can’t be reached'}.`, {
      retry: true,
      cause,
    });
  }
}

async function readText(host: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LIMIT_BYTES)
      throw new UpstreamError(`${host} sent more than ${LIMIT_BYTES} bytes.`, { retry: false });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function saysError(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'string';
  } catch {
    return false; // Not JSON: the library says what is wrong with it.
  }
}
