// The demo's place to sign in: every person of the accounts file, one click each and no password. It starts for a demo
// on this machine only. Nothing of Hubs is in it.
import { readPeople } from './provider/people.ts';
import { serveProvider } from './provider/serve.ts';

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(78);
}

const {
  HUBS_DEMO,
  DEMO_PROVIDER_HOST: host = '127.0.0.1',
  DEMO_PROVIDER_PORT: portText = '9942',
  BASE_URL: baseUrl = 'http://localhost:3000',
  OIDC_MEADOW_CLIENT_ID: clientId = 'hubs',
  OIDC_MEADOW_CLIENT_SECRET: clientSecret = '',
  ACCOUNTS_FILE: accountsFile = new URL('accounts.yaml', import.meta.url).pathname,
} = process.env;

if (HUBS_DEMO !== '1')
  refuse(
    'The demo provider signs anybody in as anybody: it starts only with HUBS_DEMO=1, which bin/up sets.',
  );
if (!/^(127(\.\d+){3}|::1|localhost)$/.test(host))
  refuse(
    `The demo provider signs anybody in as anybody: it listens on this machine only, not on ${host}. Leave DEMO_PROVIDER_HOST out.`,
  );
const port = Number(portText);
if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse('DEMO_PROVIDER_PORT is not a port number.');
if (clientSecret === '')
  refuse('OIDC_MEADOW_CLIENT_SECRET is not set; give the provider and Hubs the same secret.');

// It keeps nothing: it ends at once.
process.once('SIGTERM', () => process.exit(0));
process.once('SIGINT', () => process.exit(0));

try {
  await serveProvider({ host, port, clientId, clientSecret, baseUrl, people: readPeople(accountsFile) });
} catch (error) {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  console.error(`The demo provider can't start (${code}): ${(error as Error).message}`);
  process.exit(1);
}
console.log('provider: ready');
