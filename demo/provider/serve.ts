import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { errorPage, loginPage, logoutPage } from './pages.ts';
import type { DemoPerson } from './people.ts';

interface Options {
  host: string;
  /** 0 takes any free one. */
  port: number;
  clientId: string;
  clientSecret: string;
  /** Where Hubs is: people are sent back to it only. */
  baseUrl: string;
  people: DemoPerson[];
}

export interface Served {
  issuer: string;
  close(): Promise<void>;
}

/** An OpenID provider that signs in whoever is picked on its page, and asks for no consent. */
export async function serveProvider({ host, port, ...options }: Options): Promise<Served> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const issuer = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configure(options));
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const isLogin = request.url?.startsWith('/login/') ?? false;
    (isLogin ? login(provider, options.people, request, response) : handle(request, response)).catch(
      (error: Error) => {
        response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
        response.end(errorPage(error.name, error.message));
      },
    );
  });
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const rs256Key = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid: randomBytes(8).toString('hex'),
});

function configure({
  clientId,
  clientSecret,
  baseUrl,
  people,
}: Omit<Options, 'host' | 'port'>): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [new URL('/auth/callback/meadow', baseUrl).href],
        post_logout_redirect_uris: [new URL('/', baseUrl).href],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [rs256Key()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'profile', 'groups'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'nickname', 'preferred_username'],
      groups: ['groups'],
    },
    pkce: { required: () => false },
    interactions: { url: (_context, interaction) => `/login/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = logoutPage(form);
        },
      },
    },
    renderError: (context, { error, error_description }) => {
      context.type = 'html';
      context.body = errorPage(error, error_description);
    },
    findAccount: (_context, username) => {
      const person = people.find((one) => one.username === username);
      if (!person) return undefined;
      const { fullName: name, groups } = person;
      const claims = { sub: username, name, nickname: username, preferred_username: username, groups };
      return { accountId: username, claims: async () => claims };
    },
    // Whoever is asked grants everything: the demo's people have no secrets.
    async loadExistingGrant({ oidc }) {
      const { client, session, provider, params } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(String(params?.scope ?? 'openid'));
      await grant.save();
      return grant;
    },
    ttl: { Session: 3_600, Interaction: 3_600, Grant: 3_600, AccessToken: 600, IdToken: 600 },
  };
}

async function login(
  provider: Provider,
  people: DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const { uid } = await provider.interactionDetails(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(loginPage(people, `/login/${uid}`));
    return;
  }
  const username = new URLSearchParams(await readBody(request)).get('username') ?? '';
  if (!people.some((person) => person.username === username)) throw new Error('There is nobody of that name');
  await provider.interactionFinished(request, response, { login: { accountId: username } });
}

const LIMIT_BYTES = 1_000;

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > LIMIT_BYTES) throw new Error('That is too much');
  }
  return body;
}
