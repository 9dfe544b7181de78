// A Kerberos realm of its own for a test: MIT's KDC, and Apache with mod_auth_gssapi before a server, as FASJSON has it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../local/find-on-path.ts';
import { isRoot, makeServerFolder, removeServerFolder } from '../local/nobody.ts';
import { freePort } from '../local/ports.ts';
import { makeFolder } from './stores.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const REALM = 'HUBS.TEST';
const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
/** The service as it is called in the address. */
const SERVICE = 'HTTP/127.0.0.1';

/** What is missing, with the remedy; undefined where everything is there. */
export function missingKerberos(): string | undefined {
  try {
    createRequire(import.meta.url)('kerberos');
  } catch {
    return 'the package kerberos is not built; apt-get install libkrb5-dev g++ make python3, then run bin/test';
  }
  const isThere =
    existsSync('/usr/sbin/krb5kdc') &&
    existsSync('/usr/sbin/kadmin.local') &&
    findOnPath('kinit') !== undefined &&
    existsSync(join(MODULES, 'mod_auth_gssapi.so'));
  return isThere
    ? undefined
    : 'there is no Kerberos server or no Apache; apt-get install krb5-kdc krb5-admin-server krb5-user apache2 libapache2-mod-auth-gssapi';
}

export interface Realm {
  /** Of the client `hubs`. */
  keytab: string;
  /** For KRB5_CONFIG. */
  config: string;
  /** Principals that asked for a first ticket, in order. */
  firstTickets(): string[];
  /** Puts a ticket of the client into a cache, as a person does. */
  kinit(cache: string, lifeS: number): Promise<void>;
  /** Gives the client another key: its keytab is worth nothing then. */
  changeKey(): Promise<void>;
  /** Apache on a free port, which lets those through to `backend` who have a ticket. */
  startProxy(backend: string): Promise<{ url: string }>;
  stopKdc(): Promise<void>;
  stop(): Promise<void>;
}

/** @param lifeS how long a ticket lives */
export async function startRealm(lifeS: number): Promise<Realm> {
  // Apache, which doesn't serve as root, reads the service's keytab.
  const place = join(makeFolder('kerberos'), 'realm');
  makeServerFolder(place);
  const folder = realpathSync(place);
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  writeFileSync(at('krb5.conf'), clientConfiguration(port, lifeS));
  writeFileSync(at('kdc.conf'), serverConfiguration(folder, port, lifeS));
  const env = { ...process.env, KRB5_CONFIG: at('krb5.conf'), KRB5_KDC_PROFILE: at('kdc.conf') };
  const admin = (query: string) => run('/usr/sbin/kadmin.local', ['-r', REALM, '-q', query], { env });
  await run('/usr/sbin/kdb5_util', ['-r', REALM, 'create', '-s', '-P', 'of the test'], { env });
  for (const [principal, keytab] of [
    ['hubs', 'client.keytab'],
    [SERVICE, 'service.keytab'],
  ]) {
    await admin(`addprinc -randkey +ok_as_delegate ${principal}`);
    await admin(`ktadd -k ${at(keytab ?? '')} ${principal}`);
  }
  const running: ChildProcess[] = [];
  const start = async (program: string, args: string[], more: Record<string, string>, answersAt: number) => {
    const child = spawn(program, args, { env: { ...env, ...more }, stdio: 'ignore' });
    running.push(child);
    await until(() => canConnect(answersAt));
    return child;
  };
  const kdc = await start('/usr/sbin/krb5kdc', ['-n', '-r', REALM], {}, port);
  return {
    keytab: at('client.keytab'),
    config: at('krb5.conf'),
    firstTickets: () =>
      [...readFileSync(at('kdc.log'), 'utf8').matchAll(/AS_REQ .*: ISSUE: .* (\S+)@\S+ for krbtgt/g)].map(
        ([, principal]) => principal ?? '',
      ),
    async kinit(cache, lifeS) {
      await run('kinit', ['-k', '-t', at('client.keytab'), '-c', cache, '-l', `${lifeS}s`, 'hubs'], { env });
    },
    async changeKey() {
      await admin('cpw -randkey hubs');
    },
    async startProxy(backend) {
      const proxyPort = await freePort();
      mkdirSync(at('apache'));
      chmodSync(at('service.keytab'), 0o644);
      writeFileSync(at('apache.conf'), proxyConfiguration(folder, proxyPort, backend));
      await start(APACHE, ['-f', at('apache.conf'), '-DFOREGROUND'], { KRB5RCACHENAME: 'none:' }, proxyPort);
      return { url: `http://127.0.0.1:${proxyPort}` };
    },
    stopKdc: () => end(kdc),
    async stop() {
      await Promise.all(running.map(end));
      removeServerFolder(place, []);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });

/** Clocks may not differ at all, so that a ticket ends when it ends. */
const clientConfiguration = (port: number, lifeS: number) => `[libdefaults]
  default_realm = ${REALM}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  clockskew = 1
  ticket_lifetime = ${lifeS}
  udp_preference_limit = 1
[realms]
  ${REALM} = {
    kdc = 127.0.0.1:${port}
  }
`;

const serverConfiguration = (folder: string, port: number, lifeS: number) => `[kdcdefaults]
  kdc_listen = 127.0.0.1:${port}
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
  ${REALM} = {
    database_name = ${folder}/principal
    key_stash_file = ${folder}/stash
    acl_file = ${folder}/acl
    max_life = ${lifeS}s
    default_principal_flags = +forwardable
  }
[logging]
  kdc = FILE:${folder}/kdc.log
  admin_server = FILE:${folder}/admin.log
`;

/** As FASJSON's own: tickets of Kerberos only, one that may be forwarded, for each request. */
const proxyConfiguration = (folder: string, port: number, backend: string) => `
ServerRoot ${folder}/apache
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/apache/pid
DefaultRuntimeDir ${folder}/apache
ErrorLog ${folder}/apache/error.log
LogLevel warn auth_gssapi:debug
${isRoot ? 'User nobody\nGroup nogroup' : ''}
${['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_gssapi', 'proxy', 'proxy_http', 'headers']
  .map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
  .join('\n')}
<Location "/">
  AuthType GSSAPI
  AuthName "FASJSON"
  GssapiAllowedMech krb5
  GssapiCredStore keytab:${folder}/service.keytab
  Require valid-user
  RequestHeader unset Authorization
</Location>
ErrorDocument 401 "{\\"message\\":\\"unauthorized\\"}"
ProxyPass "/" "${backend}/"
`;
