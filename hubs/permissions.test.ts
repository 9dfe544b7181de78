import { expect, test } from 'vitest';
import { audienceOf, mayKnowHub, mayReadHub } from './permissions.ts';

test.each([
  ['team', 'public', true, true, 'public'],
  ['team', 'preview', true, false, 'members'],
  ['team', 'private', false, false, 'members'],
  ['user', 'public', true, true, 'public'],
  ['stream', 'public', false, false, 'person'],
] as const)(
  'a visitor and a %s hub that is %s: knows it %s, reads it %s, notices go to %s',
  (type, visibility, knows, reads, audience) => {
    const hub = { type, visibility };
    expect([mayKnowHub(hub), mayReadHub(hub), audienceOf(hub)]).toEqual([knows, reads, audience]);
  },
);
