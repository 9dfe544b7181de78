// Sign-in by OpenID Connect: the authorization code flow with what the provider offers, and with Ipsilon's ways.
import * as openid from 'openid-client';
import type { ProviderSettings } from '../../settings/providers.ts';
import { UpstreamError } from '../upstream-error.ts';
import { type Claims, readClaims } from './claims.ts';
import { explain } from './explain.ts';
import { fetchFromProvider } from './fetch.ts';

/** What ties an answer of the provider to the browser that asked. */
export interface Secrets {
  state: string;
  nonce: string;
  /** Of PKCE; missing where the provider does not offer it. */
  verifier?: string | undefined;
}

export interface Provider {
  name: string;
  label: string;
  issuer: string;
  /** Where to send the browser. @throws {UpstreamError} */
  begin(redirectUri: string): Promise<{ address: string; secrets: Secrets }>;
  /** Who came back. @param callback the redirect address with the query it came with @throws {UpstreamError} */
  finish(callback: URL, secrets: Secrets): Promise<Claims>;
  /** Where to end the session at the provider too; null where it has no such place. @throws {UpstreamError} */
  signOutAddress(returnTo: string): Promise<string | null>;
}

const KNOWN_MS = 3_600_000;
const DEADLINE_S = 10;

/** Nothing is asked of the provider before somebody signs in. */
export function openProvider(settings: ProviderSettings): Provider {
  const { name, label, issuer } = settings;
  let known: { config: Promise<openid.Configuration>; until: number } | null = null;

  /** The provider's own description, for an hour; what fails is not remembered. */
  function discover(): Promise<openid.Configuration> {
    if (known && known.until > Date.now()) return known.config;
    const config = readDiscovery(settings).catch((error) => {
      known = null;
      throw error;
    });
    known = { config, until: Date.now() + KNOWN_MS };
    return config;
  }

  return {
    name,
    label,
    issuer,
    async begin(redirectUri) {
      const config = await discover();
      const verifier = config.serverMetadata().supportsPKCE() ? openid.randomPKCECodeVerifier() : undefined;
      const secrets = { state: openid.randomState(), nonce: openid.randomNonce(), verifier };
      const address = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scopes ?? scopesOf(config.serverMetadata()),
        state: secrets.state,
        nonce: secrets.nonce,
        ...(verifier && {
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      });
      return { address: address.href, secrets };
    },
    async finish(callback, secrets) {
      try {
        return await exchange(label, await discover(), callback, secrets);
      } catch (error) {
        // Perhaps it has new keys or places: the next try reads its description anew.
        known = null;
        throw explain(settings, error);
      }
    },
    async signOutAddress(returnTo) {
      const config = await discover();
      if (!config.serverMetadata().end_session_endpoint) return null;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href;
    },
  };
}

/** Two tries, for a connection may have broken. @throws {UpstreamError} */
async function readDiscovery(settings: ProviderSettings): Promise<openid.Configuration> {
  const { issuer, clientId } = settings;
  const read = () =>
    openid
      .discovery(new URL(issuer), clientId, undefined, authenticate(settings), {
        [openid.customFetch]: fetchFromProvider,
        timeout: DEADLINE_S,
        // Signatures are checked though the ID token comes over TLS: a provider behind http is allowed on localhost.
        execute: [
          openid.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
        ],
      })
      .catch((error: unknown) => {
        throw isOtherIssuer(error) ? otherIssuer(settings) : explain(settings, error);
      });
  const config = await read().catch((error: UpstreamError) => {
    if (error.retry) return read();
    throw error;
  });
  if (config.serverMetadata().issuer !== issuer) throw otherIssuer(settings);
  return config;
}

const isOtherIssuer = (error: unknown): boolean =>
  error instanceof openid.ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';

const otherIssuer = ({ name, label }: ProviderSettings) =>
  new UpstreamError(
    `${label} calls itself by another name than the one set here. Write to those who run this site: OIDC_${name.toUpperCase()}_ISSUER must be exactly the issuer of the discovery document, with or without its last slash.`,
    { retry: false },
  );

/** Post, where the provider offers it: Ipsilon offers both, and accepts the one it registered the client with. */
function authenticate({ clientSecret, tokenAuth }: ProviderSettings): openid.ClientAuth {
  return (server, client, body, headers) => {
    const offersPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false;
    const method = tokenAuth ?? (offersPost ? 'post' : 'basic');
    const apply = method === 'post' ? openid.ClientSecretPost : openid.ClientSecretBasic;
    apply(clientSecret)(server, client, body, headers);
  };
}

/** `groups`, or such as `https://id.fedoraproject.org/scope/groups`. */
function scopesOf({ scopes_supported }: openid.ServerMetadata): string {
  const groups = scopes_supported?.filter((scope) => /(^|\/)groups$/.test(scope)) ?? [];
  return ['openid', 'profile', ...groups].join(' ');
}

/** The code for tokens, and the tokens for claims: Ipsilon's ID token has no more than the subject. */
async function exchange(
  label: string,
  config: openid.Configuration,
  callback: URL,
  { state, nonce, verifier }: Secrets,
): Promise<Claims> {
  const tokens = await openid.authorizationCodeGrant(config, callback, {
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
    ...(verifier && { pkceCodeVerifier: verifier }),
  });
  const idToken = tokens.claims();
  if (!idToken) throw new Error('the library demands an ID token');
  const { issuer, userinfo_endpoint } = config.serverMetadata();
  const told = userinfo_endpoint
    ? await openid.fetchUserInfo(config, tokens.access_token, idToken.sub)
    : idToken;
  return readClaims(label, { issuer, subject: idToken.sub }, told);
}
