// What went wrong between Hubs and a provider, for the person who wanted to sign in.
import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import type { ProviderSettings } from '../../settings/providers.ts';
import { UpstreamError } from '../upstream-error.ts';

type Named = Pick<ProviderSettings, 'name' | 'label'>;

const operators = 'Write to those who run this site';

/** The error as a sentence with its remedy; what the library said stays its cause. */
export function explain({ name, label }: Named, error: unknown): UpstreamError {
  const own = findOwn(error);
  if (own) return own;
  const [sentence, retry] = describe(`OIDC_${name.toUpperCase()}`, label, error);
  return new UpstreamError(sentence, { retry, cause: error });
}

/** The library wraps what its fetch threw. */
function findOwn(error: unknown): UpstreamError | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++)
    if (one instanceof UpstreamError) return one;
  return null;
}

function describe(prefix: string, label: string, error: unknown): [sentence: string, retry: boolean] {
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied')
      return [`${label} did not sign you in: it was cancelled or refused there.`, true];
    return [`${label} refused the sign-in (${plain(error.error)}). ${operators} if it happens again.`, true];
  }
  if (error instanceof ResponseBodyError && error.error === 'invalid_grant')
    return [`This sign-in with ${label} was used already or took too long. Begin again.`, true];
  if (error instanceof ResponseBodyError && error.error !== 'invalid_client')
    return [
      `${label} did not say who you are (${plain(error.error)}). Begin again; ${lower(operators)} if it stays so.`,
      true,
    ];
  if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError)
    return [
      `${label} does not accept this site (invalid_client). ${operators}: ${prefix}_CLIENT_ID, _CLIENT_SECRET or _TOKEN_AUTH is wrong.`,
      false,
    ];
  const { code, claim } = detailsOf(error);
  if (claim === 'nonce' || claim === 'state')
    return [`The answer of ${label} belongs to another sign-in. Begin again.`, true];
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return [`The clocks of ${label} and this site differ too much. ${operators}.`, true];
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM')
    return [`${label} answered with an error of its own. Try again in a moment.`, true];
  if (code === 'OAUTH_TIMEOUT') return [`${label} did not answer in time. Try again in a moment.`, true];
  return [
    `${label} sent an answer Hubs can’t trust or read${claim ? ` (${plain(claim)})` : ''}. Begin again; ${lower(operators)} if it stays so.`,
    true,
  ];
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** Codes are plain words; nothing else of what the other side sent is shown. */
const plain = (code: string): string => (/^[\w.-]{1,60}$/.test(code) ? code : 'no reason given');

/** The library's code, and the claim, parameter or attribute it is about. */
function detailsOf(error: unknown): { code?: string; claim?: string } {
  const found: { code?: string; claim?: string } = {};
  for (let one = error, depth = 0; typeof one === 'object' && one !== null && depth < 5; depth++) {
    const { code, claim, attribute, message, cause } = one as Record<string, unknown>;
    if (typeof code === 'string') found.code ??= code;
    for (const name of [claim, attribute]) if (typeof name === 'string') found.claim ??= name;
    if (typeof message === 'string' && message.includes('"state"')) found.claim ??= 'state';
    one = cause;
  }
  return found;
}
