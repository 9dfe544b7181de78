// Every test that may be skipped, and why. With CI=true bin/test fails on a skip.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { findOnPath } from '../local/find-on-path.ts';
import { findMongodb } from '../local/mongodb-program.ts';
import { missingKerberos } from './kerberos.ts';
import { findPgbouncer } from './pgbouncer.ts';
import { findRabbitmq } from './rabbitmq.ts';

/** The folder of recorded bus messages and services' answers beside the clone, where there is one. */
export const sharedFolder = findShared();

const skips = {
  mongodb: {
    missing: !findMongodb(),
    reason:
      'there is no MongoDB: set MONGODB_TEST_URL, put mongod on the PATH, or have Go and run `node local/mongodb-program.ts` once',
  },
  memcached: {
    missing: !findOnPath('memcached'),
    reason: 'there is no memcached; apt-get install memcached',
  },
  pgbouncer: { missing: !findPgbouncer(), reason: 'there is no pgbouncer; apt-get install pgbouncer' },
  rabbitmq: { missing: !findRabbitmq(), reason: 'there is no RabbitMQ; apt-get install rabbitmq-server' },
  nginx: {
    // Debian keeps it where only root's PATH leads.
    missing: !findOnPath('nginx') && !existsSync('/usr/sbin/nginx'),
    reason: 'there is no nginx; apt-get install nginx-light',
  },
  xmllint: { missing: !findOnPath('xmllint'), reason: 'there is no xmllint; apt-get install libxml2-utils' },
  kerberos: { missing: missingKerberos() !== undefined, reason: missingKerberos() ?? '' },
  promtool: { missing: !findOnPath('promtool'), reason: 'there is no promtool; apt-get install prometheus' },
  shared: { missing: !sharedFolder, reason: 'there is no folder ../shared with recorded messages' },
};

/** For Playwright's `test.skip(...skipWithout('nginx'))`. */
export const skipWithout = (need: keyof typeof skips): [missing: boolean, reason: string] => [
  skips[need].missing,
  skips[need].reason,
];

/**
 * `describe` that skips where something is missing, with the reason in its title.
 * @example skipUnless('shared')('recorded messages', () => { ... })
 */
export function skipUnless(need: keyof typeof skips) {
  const { missing, reason } = skips[need];
  // vitest runs the body of a skipped `describe` too, which would read what is missing.
  return (title: string, body: () => void) =>
    missing ? describe(title, () => test.skip(`skipped: ${reason}`)) : describe(title, body);
}

function findShared(): string | undefined {
  const folder = fileURLToPath(new URL('../../shared', import.meta.url));
  return existsSync(`${folder}/corpus`) ? folder : undefined;
}
