// The settings and the environment that bin/up gives to all processes.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { settingNames } from '../settings/settings.ts';

export const portNames = [
  ...(['postgresql', 'redis', 'sse', 'demo-bus', 'demo-forum', 'demo-provider'] as const),
  ...(['web-health', 'listener-health', 'jobs-health', 'sse-health'] as const),
] as const;
export type Ports = Record<(typeof portNames)[number], number>;

/** What a bin/up stands on. */
export interface Ground {
  root: string;
  data: string;
  /** Of the pages. */
  port: number;
  ports: Ports;
  demo: boolean;
  databaseUrl: string;
  redisUrl: string;
}

/** Of each bin/up its own; another set-up's would lead past its stores. But a MongoDB is a wish: there is none of its own. */
const OURS = [
  ...['DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL', 'FEEDS_URL', 'CACHE_URL'],
  ...['BASE_URL', 'SSE_PORT', 'SSE_URL', 'HEALTH_PORT'],
];
/** Says how fast and how much, not where: does no harm in a demo. */
const TUNES = /_MS$|_TRIES$|_MARK$|^LOG_LEVEL$/;

const isOneOf = (names: string[], variable: string) =>
  names.includes(variable) || names.includes(variable.replace(/_FILE$/, ''));

const isSetting = (variable: string) => isOneOf(settingNames, variable) || variable.startsWith('OIDC_');

/** Where the demo's bus puts its authority's certificate, a new one at each start. */
export const demoAuthority = (data: string): string => join(data, 'run', 'demo-ca.pem');

/**
 * The settings that all processes and `bin/hubs` share. With the demo, nothing of a real outside is in them but a MongoDB
 * for the feeds; without it, what the environment says of the outside.
 */
export function makeSettings(ground: Ground, env: NodeJS.ProcessEnv): Record<string, string> {
  const { root, data, port, ports, demo, databaseUrl, redisUrl } = ground;
  const taken = Object.entries(env).flatMap(([name, value]) => {
    if (name === 'FEEDS_URL' && value?.startsWith('mongodb')) return [[name, value]];
    const foreign = !isSetting(name) || isOneOf(OURS, name) || (demo && !TUNES.test(name));
    return foreign || !value ? [] : [[name, value]];
  });
  const demoSettings = {
    BUS_CA: demoAuthority(data),
    BUS_ENDPOINTS: `tcp://127.0.0.1:${ports['demo-bus']}`,
    DISCOURSE_URL: `http://127.0.0.1:${ports['demo-forum']}`,
    FEDOCAL_URL: `http://127.0.0.1:${ports['demo-forum']}/calendar`,
    ACCOUNTS_FILE: join(root, 'demo/accounts.yaml'),
    HUBS_DEMO: '1',
    OIDC_PROVIDERS: 'meadow',
    OIDC_MEADOW_ISSUER: `http://127.0.0.1:${ports['demo-provider']}`,
    OIDC_MEADOW_CLIENT_ID: 'hubs',
    OIDC_MEADOW_CLIENT_SECRET: randomBytes(24).toString('base64url'),
    OIDC_MEADOW_LABEL: 'Meadow',
  };
  return {
    ...Object.fromEntries(taken),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    CACHE_URL: `file:${join(data, 'cache')}`,
    BASE_URL: `http://localhost:${port}`,
    SSE_PORT: String(ports.sse),
    SSE_URL: `http://127.0.0.1:${ports.sse}`,
    ...(demo ? demoSettings : {}),
  };
}

/** The environment of the processes: of Hubs' settings only those given, and nothing that misleads Next. */
export function makeEnvironment(
  data: string,
  settings: Record<string, string>,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !isSetting(name) && !['PORT', 'HOSTNAME'].includes(name),
  );
  return {
    ...Object.fromEntries(kept),
    ...settings,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_COMPILE_CACHE: join(data, 'compile-cache'),
  };
}
