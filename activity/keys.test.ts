import { expect, test } from 'vitest';
import { fromFedmsg } from '../bus/fedmsg.ts';
import { describe } from './describe.ts';
import { keysOf } from './keys.ts';

const keys = (body: Record<string, unknown>) => {
  const message = fromFedmsg({ topic: 'org.fedoraproject.prod.planning.sprint.closed', msg: body });
  return keysOf(message, describe(message));
};

test('names of people are compared without regard to case', () => {
  expect(keys({ agent: 'Ana' })).toEqual(['user:ana', 'topic:planning.sprint.closed', 'category:planning']);
});

test.each([
  [{ repository: { private: true } }],
  [{ issue: { private: true } }],
  [{ bug: { groups: ['security'] } }],
  [{ body: { repository: { visibility: 'private' } } }],
  [{ event: { target: { is_private: true } } }],
  [{ body: { pull_request: { head: { repo: { private: true } } } } }],
  [{ object_attributes: { confidential: true } }],
  [{ project: { visibility_level: 0 } }],
  [{ webhook_body: { topic: { archetype: 'private_message' } } }],
])('what not everybody may see has no keys: %j', (body) => {
  expect(keys({ agent: 'ana', ...body })).toEqual([]);
});

test('what Hubs says of a private hub is for that hub and whom it concerns, in nobody’s public feed', () => {
  const event = (body: Record<string, unknown>) => {
    const said = { username: 'bo', hub_name: 'secret', hub_type: 'team', role: 'member', agent: 'ana' };
    const topic = 'org.fedoraproject.prod.hubs.user.role.added';
    const message = fromFedmsg({ topic, msg: { ...said, ...body } });
    return keysOf(message, describe(message));
  };
  expect(event({})).toContain('user:ana');
  expect(event({ private: true })).toEqual(['concerns:bo', 'group:secret']);
  expect(event({ private: true, hub_type: 'stream', hub_name: 'ana', username: 'ana' })).toEqual([]);
});

test('somebody who hides their profile does not hide what they do in public', () => {
  expect(keys({ agent: 'ana', sender: { login: 'ana', visibility: 'private' } })).toContain('user:ana');
});
