// Stands in for Ipsilon, Fedora's provider, with its ways: an issuer that ends in a slash, no PKCE, the one way to prove
// oneself that the client is registered with, errors with status 200, an ID token without a profile, no sign-out.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Ipsilon {
  issuer: string;
  /** What UserInfo tells of whoever signs in next; absent claims are absent. */
  user: Record<string, unknown>;
  /** The error that the provider sends people back with instead of a code. */
  refusal: string | null;
  /** Changes the next ID tokens. */
  tamper(claims: Record<string, unknown>): Record<string, unknown>;
  /** Changes what UserInfo answers. */
  tamperUserInfo(claims: Record<string, unknown>): Record<string, unknown>;
  /** Signs with a key that is not among those it publishes. */
  forges: boolean;
  /** Answers nothing but errors of its own. */
  isAway: boolean;
  /** The queries of those it was asked to sign in. */
  asked: URLSearchParams[];
  close(): Promise<void>;
}

interface Waiting {
  nonce: string | null;
  redirectUri: string | null;
  user: Record<string, unknown>;
}

const base64 = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

export async function openIpsilon(client: {
  id: string;
  secret: string;
  method: 'post' | 'basic';
}): Promise<Ipsilon> {
  const keys = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const kid = '20161031-sig';
  const codes = new Map<string, Waiting>();
  const tokens = new Map<string, Record<string, unknown>>();
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status = 200, location, json }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
        response.end(JSON.stringify(json ?? null));
      },
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openidc/`;

  const ipsilon: Ipsilon = {
    issuer,
    user: {},
    refusal: null,
    tamper: (claims) => claims,
    tamperUserInfo: (claims) => claims,
    forges: false,
    isAway: false,
    asked: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(
    request: IncomingMessage,
  ): Promise<{ status?: number; location?: string; json?: unknown }> {
    if (ipsilon.isAway) return { status: 503, json: {} };
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/openidc/.well-known/openid-configuration':
        return { json: discovery(issuer) };
      case '/openidc/Authorization':
        return { status: 302, location: authorize(url.searchParams) };
      case '/openidc/Token':
        return exchange(request, await readForm(request));
      case '/openidc/UserInfo':
        return tell(request.headers.authorization);
      case '/openidc/Jwks':
        return {
          json: {
            keys: [{ ...keys[0]?.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
          },
        };
      default:
        return { status: 404, json: {} };
    }
  }

  function authorize(query: URLSearchParams): string {
    ipsilon.asked.push(query);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    if (ipsilon.refusal) back.searchParams.set('error', ipsilon.refusal);
    else {
      const code = randomUUID();
      codes.set(code, {
        nonce: query.get('nonce'),
        redirectUri: query.get('redirect_uri'),
        user: ipsilon.user,
      });
      back.searchParams.set('code', code);
    }
    return back.href;
  }

  function proves({ headers }: IncomingMessage, form: URLSearchParams): boolean {
    const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
    // RFC 6749, 2.3.1: name and secret are form-encoded before they are put together.
    const [id, secret] = Buffer.from(encoded, 'base64')
      .toString()
      .replaceAll('+', ' ')
      .split(':')
      .map(decodeURIComponent);
    if (client.method === 'basic')
      return id === client.id && secret === client.secret && !form.has('client_secret');
    if (headers.authorization !== undefined) return false;
    return form.get('client_id') === client.id && form.get('client_secret') === client.secret;
  }

  function exchange(request: IncomingMessage, form: URLSearchParams) {
    if (!proves(request, form))
      return {
        status: 400,
        json: { error: 'invalid_client', error_description: 'client authentication error' },
      };
    const code = form.get('code') ?? '';
    const waiting = codes.get(code);
    codes.delete(code);
    if (!waiting || waiting.redirectUri !== form.get('redirect_uri'))
      return { json: { error: 'invalid_grant', error_description: 'invalid token' } };
    const accessToken = randomUUID();
    tokens.set(accessToken, waiting.user);
    const now = Math.floor(Date.now() / 1_000);
    const claims = ipsilon.tamper({
      ...{ sub: waiting.user.sub, iss: issuer, aud: client.id, azp: client.id, nonce: waiting.nonce },
      ...{
        iat: now,
        exp: now + 600,
        auth_time: now - 10,
        acr: '0',
        amr: '[]',
        c_hash: 'LDktKdoQak3Pk0cnXxCltA',
      },
    });
    return {
      json: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: 3_600,
        id_token: makeToken(claims),
      },
    };
  }

  function makeToken(claims: Record<string, unknown>): string {
    const content = `${base64({ alg: 'RS256', kid })}.${base64(claims)}`;
    const key = keys[ipsilon.forges ? 1 : 0]?.privateKey;
    if (!key) throw new Error('both keys are there');
    return `${content}.${base64(sign('sha256', Buffer.from(content), key))}`;
  }

  function tell(authorization = '') {
    const user = tokens.get(authorization.replace('Bearer ', ''));
    if (!user) return { status: 400, json: { error: 'invalid_token' } };
    return { json: ipsilon.tamperUserInfo(user) };
  }

  return ipsilon;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return new URLSearchParams(body);
}

/** As id.fedoraproject.org has it (../shared/reference/upstreams/oidc/discovery.json), its bugs too. */
const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}Authorization`,
  token_endpoint: `${issuer}Token`,
  userinfo_endpoint: `${issuer}UserInfo`,
  jwks_uri: `${issuer}Jwks`,
  scopes_supported: [
    ...['openid', 'profile', 'email', 'address', 'phone'],
    'https://id.fedoraproject.org/scope/groups',
    'https://id.fedoraproject.org/scope/agreements',
  ],
  response_types_supported: ['code', 'id_tokentoken', 'token id_token'],
  response_modes_supported: ['query', 'fragment', 'form_post', 'none'],
  grant_types_supported: ['authorization_code', 'implicit', 'refresh_token'],
  subject_types_supported: ['pairwise', 'public'],
  id_token_signing_alg_values_supported: ['RS256'],
  userinfo_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  claims_supported: ['sub', 'name', 'nickname', 'preferred_username', 'email', 'zoneinfo', 'locale'],
  claims_parameter_supported: true,
  request_parameter_supported: true,
});
