import { expect, test } from 'vitest';
import { readRoutingPolicy } from './routing-policy.ts';

const TOPIC = 'org.fedoraproject.prod.git.receive';
const mayWith = (sender: string, commonName: string, topic = 'git.receive') =>
  readRoutingPolicy(JSON.stringify({ [topic]: [sender] }))(TOPIC, commonName);

test.each([
  ['scm-pkgs01.example.org', 'scm-pkgs01.example.org', true],
  ['scm-pkgs01.example.org', 'scm-pkgs02.example.org', false],
  ['scm', 'scm-pkgs02.example.org', true],
  ['scm', 'scmx-pkgs02.example.org', false],
  ['scm (pkgs)', 'scm-pkgs02.example.org', true],
  ['scm (pkgs)', 'shell-pkgs02.example.org', false],
  ['scm (pkgs02.example.org)', 'scm-pkgs02.example.org', true],
  ['scm (pkgs02.example.org)', 'scm-pkgs03.example.org', false],
])('%s lets %s send: %s', (sender, commonName, may) => {
  expect(mayWith(sender, commonName)).toBe(may);
});

test('the whole topic goes before its part after the environment, and is compared exactly', () => {
  const may = readRoutingPolicy(JSON.stringify({ [TOPIC]: ['a.b'], 'git.receive': ['c.d'] }));
  expect([may(TOPIC, 'a.b'), may(TOPIC, 'c.d')]).toEqual([true, false]);
  expect(may(TOPIC.replace('prod', 'stg'), 'c.d')).toBe(true);
  expect(may(`${TOPIC}.more`, 'anybody')).toBe(true);
});

test("fedmsg's own names for the settings are understood", () => {
  const may = readRoutingPolicy('{"routing_policy": {}, "routing_nitpicky": true}');
  expect(may(TOPIC, 'a.b')).toBe(false);
});

test.each(['{', '[]', '{"a": "b"}', '7'])('%s is no policy', (text) => {
  expect(() => readRoutingPolicy(text)).toThrow('is not');
});
