// The one settings schema: environment variables, checked at start, everything wrong reported at once.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ProviderSettings, readProviders } from './providers.ts';
import { cacheAddress, feedsAddress } from './store-addresses.ts';

const url = (schemes: string[], remedy: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `is not an address that starts with ${schemes.map((s) => `${s}://`).join(' or ')}; ${remedy}`,
  });

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const tcpEndpoints = z
  .string()
  .transform(list)
  .refine((all) => all.every((one) => /^(tcp:\/\/[^\s:]+:\d{1,5}|ipc:\/\/\S+)$/.test(one)), {
    error: 'has an endpoint that is not like tcp://host:port; separate several with commas',
  });

const signaturePolicies = ['require', 'prefer', 'ignore'] as const;
export type SignaturePolicy = (typeof signaturePolicies)[number];

/** `prod=require,stg=prefer`; a policy alone, or that of `*`, is for all other environments; require if there is none. */
const signatures = z.string().transform((text, context): Record<string, SignaturePolicy> => {
  const policies: Record<string, SignaturePolicy> = { '*': 'require' };
  for (const part of list(text)) {
    const [environment, name] = part.includes('=') ? part.split('=') : ['*', part];
    const policy = signaturePolicies.find((one) => one === name);
    if (policy && environment) policies[environment] = policy;
    else
      context.addIssue(`has ${part}, which is not like prod=require; there are require, prefer and ignore`);
  }
  return policies;
});

const milliseconds = (preset: number) =>
  z.coerce
    .number({ error: 'is not a number of milliseconds' })
    .int({ error: 'is not a whole number of milliseconds' })
    .positive({ error: 'must be more than 0 milliseconds' })
    .default(preset);

const port = z.coerce
  .number({ error: 'is not a port number' })
  .int({ error: 'is not a port number' })
  .min(0, { error: 'is below 0; ports go from 0 (any free one) to 65535' })
  .max(65535, { error: 'is above 65535, the highest port' });

/** Every setting; `.env.example` documents each. A test holds the two together. */
const schema = z.object({
  DATABASE_URL: url(['postgresql', 'postgres'], 'set it to the PostgreSQL database, or start bin/up once'),
  DATABASE_DIRECT_URL: url(
    ['postgresql', 'postgres'],
    'leave it out where DATABASE_URL is not pooled',
  ).optional(),
  REDIS_URL: url(
    ['redis', 'rediss'],
    'set it to the Redis server (its socket is redis://localhost?path=/run/redis.sock), or start bin/up once',
  ),
  FEEDS_URL: feedsAddress.optional(),
  CACHE_URL: cacheAddress.default('file:.data/cache'),
  BASE_URL: url(['http', 'https'], 'set it to the address people use').default('http://localhost:3000'),
  BUS_ENDPOINTS: tcpEndpoints.default([]),
  BUS_TOPICS: z.string().transform(list).default(['']),
  BUS_JUNK: z.string().transform(list).default([]),
  BUS_HIGH_WATER_MARK: z.coerce
    .number({ error: 'is not a number of messages' })
    .int()
    .positive()
    .default(10_000),
  BUS_AMQP_URL: url(['amqp', 'amqps'], 'leave it out where there is no broker').optional(),
  BUS_AMQP_EXCHANGE: z.string().default('amq.topic'),
  BUS_AMQP_QUEUE: z.string().default(''),
  BUS_AMQP_DECLARE: z
    .enum(['active', 'passive'], { error: 'is neither active nor passive' })
    .default('active'),
  BUS_AMQP_BINDINGS: z.string().transform(list).optional(),
  BUS_AMQP_PREFETCH: z.coerce
    .number({ error: 'is not a number of messages' })
    .int()
    .min(1)
    .max(65_535)
    .default(25),
  AMQP_CA: z.string().optional(),
  AMQP_CERT: z.string().optional(),
  AMQP_KEY: z.string().optional(),
  AMQP_CONTACT: z.string().optional(),
  BUS_SIGNATURES: signatures.optional(),
  BUS_CA: z.string().optional(),
  BUS_CRL: z.string().optional(),
  BUS_ROUTING_POLICY: z.string().optional(),
  BUS_TRUST_REFRESH_MS: milliseconds(3_600_000),
  PUBLISH_URL: url(['tcp', 'amqp', 'amqps'], 'leave it out to publish on hubs:bus alone').optional(),
  PUBLISH_EXCHANGE: z.string().default('amq.topic'),
  PUBLISH_TOPIC_PREFIX: z
    .string()
    .regex(/^[^.\s]+\.[^.\s]+\.[^.\s]+$/, {
      error: 'is not like org.example.prod; its third word is the environment',
    })
    .default('org.fedoraproject.dev'),
  ARCHIVE_URL: url(['http', 'https'], 'leave it out where there is no archive of the bus').optional(),
  ARCHIVE_PAGE_URL: url(
    ['http', 'https'],
    'leave it out where people can’t look into the archive',
  ).optional(),
  DISCOURSE_URL: url(['http', 'https'], 'leave it out where there is no Discourse').optional(),
  FEDOCAL_URL: url(['http', 'https'], 'leave it out where there is no Fedocal').optional(),
  ACCOUNTS_FILE: z.string().optional(),
  FASJSON_URL: url(['http', 'https'], 'leave it out where there is no FASJSON').optional(),
  KRB5_CLIENT_KTNAME: z.string().optional(),
  OIDC_PROVIDERS: z
    .string()
    .transform(list)
    .refine((names) => names.every((name) => /^[a-z][a-z0-9_]{0,31}$/.test(name)), {
      error: 'has a name that is not of small letters, digits and _; separate several with commas',
    })
    .default([]),
  SITE_ADMIN_GROUPS: z.string().transform(list).default([]),
  ACCOUNTS_URL: url(['http', 'https'], "leave it out where people can't make accounts").optional(),
  ACCOUNTS_GROUP_URL: url(['http', 'https'], 'leave it out where groups have no pages')
    .includes('{name}', { error: 'has no {name}; write it where the group’s name stands' })
    .optional(),
  ACCOUNTS_USER_URL: url(['http', 'https'], 'leave it out where people have no pages')
    .includes('{name}', { error: 'has no {name}; write it where the user name stands' })
    .optional(),
  SOURCE_URL: url(['http', 'https'], 'set it to the source of what runs here').optional(),
  SSE_PORT: port.default(3001),
  SSE_URL: url(['http', 'https'], 'set it to where `hubs run sse` listens').default('http://127.0.0.1:3001'),
  SSE_PING_MS: milliseconds(30_000),
  /** A session ends after that long without a visit, and after that long whatever happens. */
  SESSION_IDLE_MS: milliseconds(14 * 86_400_000),
  SESSION_MAX_MS: milliseconds(60 * 86_400_000),
  HEALTH_PORT: port.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'is not one of fatal, error, warn, info, debug, trace',
    })
    .default('info'),
  BEAT_MS: milliseconds(2_000),
  SILENCE_MS: milliseconds(6_000),
  LOAD_DEADLINE_MS: milliseconds(10_000),
  LOADS_PER_SERVICE: z.coerce.number({ error: 'is not a number of loads' }).int().positive().default(3),
  LOAD_TRIES: z.coerce.number({ error: 'is not a number of tries' }).int().positive().default(8),
});

export type Settings = z.output<typeof schema> & {
  DATABASE_DIRECT_URL: string;
  FEEDS_URL: string;
  /** Of OIDC_PROVIDERS, in that order; the first is the accounts system's own. */
  providers: ProviderSettings[];
};

/** Everything that is wrong with the settings, one sentence each; exit code 78 (EX_CONFIG). */
export class SettingsError extends Error {
  readonly exitCode = 78;
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

type Environment = Record<string, string | undefined>;

const secrets = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'REDIS_URL',
  'FEEDS_URL',
  'BUS_AMQP_URL',
  'PUBLISH_URL',
] as const;

/** Empty counts as unset; a secret may stand in the file that NAME_FILE names. */
function gather(env: Environment, problems: string[]): Record<string, string> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((key) => (env[key] ? [[key, env[key]]] : [])),
  );
  for (const key of secrets) {
    const secret = readSecret(env, key, problems);
    if (secret !== undefined) given[key] = secret;
  }
  return given;
}

/** What the file that NAME_FILE names holds; undefined where none is named. */
function readSecret(env: Environment, key: string, problems: string[]): string | undefined {
  const file = env[`${key}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(
      `${key}_FILE: ${file} can't be read (${(error as NodeJS.ErrnoException).code}); check path and rights`,
    );
    return undefined;
  }
}

/**
 * Reads and checks the settings.
 * @throws {SettingsError} naming every wrong setting, the reason and the remedy
 */
export function readSettings(env: Environment = process.env): Settings {
  const problems: string[] = [];
  const given = gather(env, problems);
  const result = schema.safeParse(given);
  for (const issue of result.error?.issues ?? []) {
    const key = issue.path.join('.');
    if (problems.some((problem) => problem.startsWith(`${key}_FILE`))) continue;
    problems.push(key in given ? `${key} ${issue.message}` : `${key} is not set; ${remedyFor(key)}`);
  }
  const { BUS_SIGNATURES, BUS_CA } = result.data ?? {};
  if (BUS_SIGNATURES && !BUS_CA && Object.values(BUS_SIGNATURES).some((policy) => policy !== 'ignore'))
    problems.push(
      "BUS_SIGNATURES asks for checks that need BUS_CA; set it to the file of the bus's certificate authority",
    );
  if (result.data?.ACCOUNTS_FILE && result.data.FASJSON_URL)
    problems.push(
      'ACCOUNTS_FILE and FASJSON_URL are both set; leave one of them out, for people have one source',
    );
  const readOne = (key: string) => readSecret(env, key, problems) ?? (env[key] || undefined);
  const providers = result.success
    ? readProviders(result.data.OIDC_PROVIDERS, result.data.BASE_URL, readOne, problems)
    : [];
  if (!result.success || problems.length > 0) throw new SettingsError(problems);
  return {
    ...result.data,
    providers,
    DATABASE_DIRECT_URL: result.data.DATABASE_DIRECT_URL ?? result.data.DATABASE_URL,
    FEEDS_URL: result.data.FEEDS_URL ?? result.data.DATABASE_URL,
  };
}

function remedyFor(key: string): string {
  if (key === 'REDIS_URL')
    return 'set it to the Redis server, for example redis://localhost:6379, or start bin/up once';
  return 'set it to the PostgreSQL database, for example postgresql://hubs@localhost/hubs, or start bin/up once';
}

export const settingNames = Object.keys(schema.shape);
