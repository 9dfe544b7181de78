// The settings and the environment that bin/up gives to all processes.
import { join } from 'node:path';

export const portNames = [
  ...(['postgresql', 'redis', 'sse', 'demo-bus', 'demo-forum'] as const),
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

/** What another set-up may have left in the environment and what would lead past the stores of bin/up. */
const FOREIGN = [
  ...['DATABASE_DIRECT_URL', 'FEEDS_URL', 'HEALTH_PORT', 'PORT', 'HOSTNAME'],
  ...['DATABASE_URL_FILE', 'DATABASE_DIRECT_URL_FILE', 'REDIS_URL_FILE', 'FEEDS_URL_FILE'],
];
/** Kept from the environment without the demo, for Hubs is then run on real services. */
const OUTSIDE = ['BUS_ENDPOINTS', 'BUS_TOPICS', 'DISCOURSE_URL', 'ACCOUNTS_FILE'];

/** The settings that all processes and `bin/hubs` share. */
export function makeSettings(
  { root, data, port, ports, demo, databaseUrl, redisUrl }: Ground,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const own = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    CACHE_URL: `file:${join(data, 'cache')}`,
    BASE_URL: `http://localhost:${port}`,
    SSE_PORT: String(ports.sse),
    SSE_URL: `http://127.0.0.1:${ports.sse}`,
  };
  if (!demo)
    return { ...own, ...Object.fromEntries(OUTSIDE.flatMap((key) => (env[key] ? [[key, env[key]]] : []))) };
  return {
    ...own,
    BUS_ENDPOINTS: `tcp://127.0.0.1:${ports['demo-bus']}`,
    DISCOURSE_URL: `http://127.0.0.1:${ports['demo-forum']}`,
    ACCOUNTS_FILE: join(root, 'demo/accounts.yaml'),
    HUBS_DEMO: '1',
  };
}

/** The environment of the processes: what bin/up was started with, without foreign stores, and the settings. */
export function makeEnvironment(settings: Record<string, string>, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !FOREIGN.includes(name) && !OUTSIDE.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...settings,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
