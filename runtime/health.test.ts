import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { type Health, openHealth } from './health.ts';

let health: Health;
afterEach(() => health.close());

async function ready(wrong: () => Promise<string[]>) {
  health = await openHealth(0, new Registry(), wrong);
  const answer = await fetch(`http://127.0.0.1:${health.port}/readyz`);
  return [answer.status, await answer.text()];
}

test('readiness says what is wrong, also that it could not be asked', async () => {
  expect(await ready(async () => [])).toEqual([200, 'ready\n']);
  await health.close();
  expect(await ready(async () => ['Redis is away.', 'So is memcached.'])).toEqual([
    503,
    'Redis is away.\nSo is memcached.\n',
  ]);
  await health.close();
  expect(await ready(() => Promise.reject(new Error('nobody knows')))).toEqual([503, 'nobody knows\n']);
});

test('a store that hangs keeps nobody who asks waiting', async () => {
  expect(await ready(() => new Promise(() => undefined))).toEqual([503, 'A store does not answer.\n']);
}, 10_000);
