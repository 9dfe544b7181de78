// What the tests need of the system: a browser with a font, stores and brokers, proxies, systemd's and Prometheus' own checks, Kerberos
// with an Apache that asks for tickets, and what builds the package `kerberos`.
import { existsSync } from 'node:fs';
import { findOnPath } from './find-on-path.ts';
import { isRoot } from './nobody.ts';
import { runTool } from './run-tool.ts';

const needs = [
  { debian: 'chromium', isThere: () => Boolean(findOnPath('chromium')), forBrowser: true },
  {
    debian: 'fonts-dejavu-core',
    isThere: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
    forBrowser: true,
  },
  {
    debian: 'redis-server',
    isThere: () => Boolean(findOnPath('redis-server', 'valkey-server')),
    forBrowser: false,
  },
  { debian: 'memcached', isThere: () => Boolean(findOnPath('memcached')), forBrowser: false },
  { debian: 'pgbouncer', isThere: () => existsSync('/usr/sbin/pgbouncer'), forBrowser: false },
  { debian: 'nginx-light', isThere: () => existsSync('/usr/sbin/nginx'), forBrowser: false },
  { debian: 'libxml2-utils', isThere: () => Boolean(findOnPath('xmllint')), forBrowser: false },
  { debian: 'apache2', isThere: () => existsSync('/usr/sbin/apache2'), forBrowser: false },
  { debian: 'curl', isThere: () => Boolean(findOnPath('curl')), forBrowser: false },
  { debian: 'iproute2', isThere: () => Boolean(findOnPath('ip')), forBrowser: false },
  { debian: 'postgresql', isThere: () => existsSync('/usr/lib/postgresql'), forBrowser: false },
  { debian: 'prometheus', isThere: () => Boolean(findOnPath('promtool')), forBrowser: false },
  { debian: 'systemd', isThere: () => Boolean(findOnPath('systemd-analyze')), forBrowser: false },
  { debian: 'krb5-kdc', isThere: () => existsSync('/usr/sbin/krb5kdc'), forBrowser: false },
  { debian: 'krb5-admin-server', isThere: () => existsSync('/usr/sbin/kadmin.local'), forBrowser: false },
  { debian: 'krb5-user', isThere: () => Boolean(findOnPath('kinit')), forBrowser: false },
  {
    debian: 'libapache2-mod-auth-gssapi',
    isThere: () => existsSync('/usr/lib/apache2/modules/mod_auth_gssapi.so'),
    forBrowser: false,
  },
  { debian: 'libkrb5-dev', isThere: () => Boolean(findOnPath('krb5-config')), forBrowser: false },
  { debian: 'g++', isThere: () => Boolean(findOnPath('g++')), forBrowser: false },
  { debian: 'make', isThere: () => Boolean(findOnPath('make')), forBrowser: false },
  { debian: 'python3', isThere: () => Boolean(findOnPath('python3')), forBrowser: false },
  { debian: 'rabbitmq-server', isThere: () => existsSync('/usr/lib/rabbitmq/lib'), forBrowser: false },
];

/**
 * As root on Debian, installs what is missing, without starting any service.
 * @returns a sentence when the browser's tests can't run, with the remedy
 * @throws {Problem} with apt's last lines
 */
export async function installSystemPackages(say: (line: string) => void): Promise<string | undefined> {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return undefined;
  const names = missing.map((need) => need.debian);
  if (isRoot && findOnPath('apt-get')) {
    say(`Installing ${names.join(', ')} …`);
    // RUNLEVEL=1 keeps Debian's packages from starting their services.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    await runTool('Reading the package lists', 'apt-get', ['update'], { cwd: '/', env });
    const install = ['install', '-y', '--no-install-recommends', ...names];
    await runTool('Installing system packages', 'apt-get', install, { cwd: '/', env });
    return undefined;
  }
  const sentence = `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} missing; as root: apt-get install ${names.join(' ')}`;
  say(`${sentence}.`);
  return missing.some((need) => need.forBrowser) ? sentence : undefined;
}
