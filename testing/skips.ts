// Every test that may be skipped, and why. With CI=true bin/test fails on a skip.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { findRabbitmq } from './rabbitmq.ts';

/** The folder of recorded bus messages and services' answers beside the clone, where there is one. */
export const sharedFolder = findShared();

const skips = {
  rabbitmq: { missing: !findRabbitmq(), reason: 'there is no RabbitMQ; apt-get install rabbitmq-server' },
  shared: { missing: !sharedFolder, reason: 'there is no folder ../shared with recorded messages' },
};

/**
 * `describe` that skips where something is missing, with the reason in its title.
 * @example skipUnless('shared')('recorded messages', () => { ... })
 */
export function skipUnless(need: keyof typeof skips) {
  const { missing, reason } = skips[need];
  return (title: string, body: () => void) =>
    missing ? describe.skip(`${title} (skipped: ${reason})`, body) : describe(title, body);
}

function findShared(): string | undefined {
  const folder = fileURLToPath(new URL('../../shared', import.meta.url));
  return existsSync(`${folder}/corpus`) ? folder : undefined;
}
