import { expect, test } from 'vitest';
import { readSettings } from '../settings/settings.ts';
import { type Ground, makeEnvironment, makeSettings, type Ports, portNames } from './settings.ts';

const ground: Ground = {
  root: '/clone',
  data: '/data',
  port: 3000,
  ports: Object.fromEntries(portNames.map((name, at) => [name, 20_000 + at])) as Ports,
  demo: true,
  databaseUrl: 'postgresql://hubs@127.0.0.1:20000/hubs',
  redisUrl: 'redis://127.0.0.1:20001',
};
const production: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/bin',
  PORT: '80',
  DATABASE_URL: 'postgresql://real/hubs',
  FEEDS_URL: 'postgresql://real/feeds',
  REDIS_URL_FILE: '/run/secrets/redis',
  BUS_ENDPOINTS: 'tcp://real:9940',
  DISCOURSE_URL: 'https://forum.example.org',
  OIDC_PROVIDERS: 'fedora',
  OIDC_FEDORA_ISSUER: 'https://real.example.org/',
  LOG_LEVEL: 'debug',
};

test('the demo takes nothing of a real set-up from the environment but how much it logs and how fast it is', () => {
  const env = makeEnvironment('/data', makeSettings(ground, production), production);
  expect(JSON.stringify(env)).not.toMatch(/real|secrets|example\.org/);
  expect(env).toMatchObject({ PATH: '/bin', LOG_LEVEL: 'debug', BUS_ENDPOINTS: 'tcp://127.0.0.1:20003' });
  expect(env.PORT).toBeUndefined();
});

test('without the demo the outside is the environment, and the stores are still its own', () => {
  const settings = makeSettings({ ...ground, demo: false }, production);
  expect(settings).toMatchObject({
    BUS_ENDPOINTS: 'tcp://real:9940',
    DISCOURSE_URL: 'https://forum.example.org',
    OIDC_FEDORA_ISSUER: 'https://real.example.org/',
    DATABASE_URL: ground.databaseUrl,
  });
  expect(settings.HUBS_DEMO).toBeUndefined();
  expect(settings.FEEDS_URL).toBeUndefined();
});

test.each([true, false])('a MongoDB for the feeds is taken from the environment (demo: %s)', (demo) => {
  const FEEDS_URL = 'mongodb://localhost/hubs';
  expect(makeSettings({ ...ground, demo }, { ...production, FEEDS_URL }).FEEDS_URL).toBe(FEEDS_URL);
});

test('what it writes are settings that every process takes', () => {
  const { DATABASE_URL, SSE_PORT, providers } = readSettings(makeSettings(ground, production));
  expect({ DATABASE_URL, SSE_PORT }).toEqual({ DATABASE_URL: ground.databaseUrl, SSE_PORT: 20_002 });
  expect(providers).toMatchObject([{ name: 'meadow', issuer: 'http://127.0.0.1:20005' }]);
});
