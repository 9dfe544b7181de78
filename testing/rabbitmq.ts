// A RabbitMQ of its own for a test: Debian's server, everything it writes in one folder.
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import amqp from 'amqplib';
import { freePort } from '../local/ports.ts';
import { until } from './until.ts';

const HOME = '/usr/lib/rabbitmq/lib';
/** Half a minute on a busy machine. */
const START_MS = 120_000;

/** Where Debian's package puts its scripts; undefined where it is not installed. */
export function findRabbitmq(): string | undefined {
  try {
    const version = readdirSync(HOME).find((name) => name.startsWith('rabbitmq_server-'));
    return version && join(HOME, version, 'sbin');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export interface RabbitmqOptions {
  /** Files in PEM for TLS, which then demands a client's certificate and takes its common name as the user. */
  tls?: { ca: string; certificate: string; key: string };
  /** Users that log in by certificate, and what they may do in the virtual host `/pubsub`, regular expressions each. */
  users?: { name: string; configure: string; write: string; read: string }[];
}

export interface TestRabbitmq {
  /** As guest, who may do everything, in the virtual host `/`. */
  url: string;
  /** As guest in `/pubsub`. */
  pubsubUrl: string;
  /** Without a user, in `/pubsub`; only with TLS. */
  tlsUrl: string;
  /** Ends it without a word. */
  stop(): Promise<void>;
  /** Starts it again after a stop, with what it holds durably. */
  start(): Promise<void>;
}

/** Starts it on free ports. @param folder an empty one, for all that it writes */
export async function startRabbitmq(
  folder: string,
  { tls, users = [] }: RabbitmqOptions = {},
): Promise<TestRabbitmq> {
  const sbin = findRabbitmq();
  if (!sbin) throw new Error('There is no RabbitMQ; apt-get install rabbitmq-server');
  mkdirSync(join(folder, 'log'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'plugins'), tls ? '[rabbitmq_auth_mechanism_ssl].' : '[].');
  writeFileSync(join(folder, 'definitions.json'), JSON.stringify(makeDefinitions(users)));
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    makeConfiguration(folder, port, tls && { ...tls, port: tlsPort }),
  );
  const env = {
    ...process.env,
    HOME: folder,
    // A bare system has no name for itself, not even localhost.
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_NODENAME: `hubs-${randomBytes(4).toString('hex')}@127.0.0.1`,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    ERL_EPMD_PORT: String(await freePort()),
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  let stop: () => Promise<void> = async () => undefined;

  async function start(): Promise<void> {
    const server = spawn(join(sbin ?? '', 'rabbitmq-server'), [], { env, stdio: 'ignore', detached: true });
    stop = async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-(server.pid ?? 0), 'SIGKILL');
      await ended;
      await endPortMapper(env);
    };
    await until(() => amqp.connect(url).then((connection) => connection.close().then(() => true)), {
      deadlineMs: START_MS,
      everyMs: 250,
    });
  }
  await start();
  return {
    url,
    pubsubUrl: `${url}/%2Fpubsub`,
    tlsUrl: `amqps://127.0.0.1:${tlsPort}/%2Fpubsub`,
    start,
    stop: () => stop(),
  };
}

/** The server started it beside itself; it runs on without it, and ends only when it has noticed that it is alone. */
async function endPortMapper(env: NodeJS.ProcessEnv): Promise<void> {
  const epmd = (option: string) =>
    promisify(execFile)('epmd', [option], { env }).then(
      () => true,
      () => false,
    );
  await until(async () => {
    await epmd('-kill');
    return !(await epmd('-names'));
  });
}

function makeConfiguration(
  folder: string,
  port: number,
  tls?: { ca: string; certificate: string; key: string; port: number },
): string {
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    `load_definitions = ${join(folder, 'definitions.json')}`,
    'auth_mechanisms.1 = PLAIN',
  ];
  if (tls)
    lines.push(
      'auth_mechanisms.2 = EXTERNAL',
      'ssl_cert_login_from = common_name',
      `listeners.ssl.1 = 127.0.0.1:${tls.port}`,
      `ssl_options.cacertfile = ${tls.ca}`,
      `ssl_options.certfile = ${tls.certificate}`,
      `ssl_options.keyfile = ${tls.key}`,
      'ssl_options.verify = verify_peer',
      'ssl_options.fail_if_no_peer_cert = true',
    );
  return `${lines.join('\n')}\n`;
}

function makeDefinitions(users: NonNullable<RabbitmqOptions['users']>) {
  const all = { configure: '.*', write: '.*', read: '.*' };
  return {
    vhosts: [{ name: '/' }, { name: '/pubsub' }],
    users: [
      { name: 'guest', password_hash: hashPassword('guest'), tags: ['administrator'] },
      ...users.map(({ name }) => ({ name, password_hash: '', tags: [] })),
    ],
    permissions: [
      { user: 'guest', vhost: '/', ...all },
      { user: 'guest', vhost: '/pubsub', ...all },
      ...users.map(({ name, ...may }) => ({ user: name, vhost: '/pubsub', ...may })),
    ],
  };
}

/** RabbitMQ's own: salt, then SHA-256 of salt and password. */
function hashPassword(password: string): string {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, hash]).toString('base64');
}
