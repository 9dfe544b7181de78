import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';

const start = (env: Record<string, string>) => {
  const child = spawn(process.execPath, ['demo/provider.ts'], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, OIDC_MEADOW_CLIENT_SECRET: 'secret', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const isReady = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(said)));
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('provider: ready')) resolve();
      });
  });
  return { child, said: () => said, isReady };
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

test.each([
  [{}, 'starts only with HUBS_DEMO=1'],
  [{ HUBS_DEMO: 'yes' }, 'starts only with HUBS_DEMO=1'],
  [{ HUBS_DEMO: '1', DEMO_PROVIDER_HOST: '0.0.0.0' }, 'listens on this machine only, not on 0.0.0.0'],
  [{ HUBS_DEMO: '1', DEMO_PROVIDER_HOST: '192.0.2.1' }, 'listens on this machine only'],
  [{ HUBS_DEMO: '1', DEMO_PROVIDER_HOST: '127.0.0.1.example.org' }, 'listens on this machine only'],
  [{ HUBS_DEMO: '1', DEMO_PROVIDER_PORT: 'x' }, 'DEMO_PROVIDER_PORT is not a port number'],
  [{ HUBS_DEMO: '1', OIDC_MEADOW_CLIENT_SECRET: '' }, 'OIDC_MEADOW_CLIENT_SECRET is not set'],
])('the demo provider refuses %j with a sentence', async (env, sentence) => {
  const { child, said, isReady } = start(env);
  await expect(isReady).rejects.toThrow();
  const { exitCode: code } = child;
  expect([code, said()]).toEqual([78, expect.stringContaining(sentence)]);
});

test('on this machine it says when it is ready, describes itself, and ends on SIGTERM', async () => {
  const port = await freePort();
  const { child, isReady } = start({ HUBS_DEMO: '1', DEMO_PROVIDER_PORT: String(port) });
  try {
    await isReady;
    const response = await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: `http://127.0.0.1:${port}`,
      code_challenge_methods_supported: ['S256'],
    });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await once(child, 'exit')).toEqual([0, null]);
});
