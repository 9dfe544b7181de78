import { expect, test } from 'vitest';
import { readSettings } from '../settings/settings.ts';
import { wantedTopics } from './wanted-topics.ts';

const wanted = (env: Record<string, string>) =>
  wantedTopics(readSettings({ DATABASE_URL: 'postgresql://a/b', REDIS_URL: 'redis://a', ...env }));
const zeromq = { BUS_ENDPOINTS: 'tcp://bus:9940' };
const amqp = { BUS_AMQP_URL: 'amqps://broker' };

test('prefixes are compared as ZeroMQ does', () => {
  const { everything, has } = wanted({ ...zeromq, BUS_TOPICS: 'org.fedoraproject.prod.,abc' });
  expect([
    everything,
    has('org.fedoraproject.prod.git.receive'),
    has('abcdef'),
    has('org.fedoraproject.stg.git'),
  ]).toEqual([false, true, true, false]);
});

test.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.b.c', false],
  ['a.*.c', 'a.b.c', true],
  ['a.*.c', 'a.c', false],
  ['a.#', 'a', true],
  ['a.#', 'a.b.c', true],
  ['#.c', 'a.b.c', true],
  ['a.#.c', 'a.c', true],
  ['a.#.c', 'a.b.b.c', true],
  ['a.#.c', 'a.b', false],
  ['*', 'a.b', false],
])('the binding %s, the topic %s: %s', (pattern, topic, matches) => {
  const { everything, has } = wanted({ ...amqp, BUS_AMQP_BINDINGS: pattern });
  expect([everything, has(topic)]).toEqual([false, matches]);
});

test.each([
  ['no bus', {}],
  ['no prefix', zeromq],
  ['no bindings', amqp],
  ['a queue that somebody else bound', { ...amqp, BUS_AMQP_DECLARE: 'passive' }],
  ['one of two buses', { ...zeromq, ...amqp, BUS_TOPICS: 'a' }],
])('%s is everything', (_, env) => {
  const { everything, has } = wanted(env);
  expect([everything, has('whatever.it.is')]).toEqual([true, true]);
});
