import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadMessage } from './bad-message.ts';
import { fromFedmsg } from './fedmsg.ts';
import { readTopic } from './topic.ts';

const envelope = {
  topic: 'org.fedoraproject.prod.pagure.issue.new',
  msg_id: '2019-5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
  timestamp: 1500000000.25,
  msg: { agent: 'ana' },
};

test('an envelope becomes the internal message, its id without the year', () => {
  expect(fromFedmsg(envelope)).toEqual({
    id: '5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
    topic: envelope.topic,
    environment: 'prod',
    category: 'pagure',
    time: 1500000000250,
    severity: 'info',
    body: { agent: 'ana' },
  });
});

test('a message from before msg_id has the same id each time, another body another id', () => {
  const { msg_id: _, ...old } = envelope;
  expect(fromFedmsg(old).id).toBe(fromFedmsg(structuredClone(old)).id);
  expect(fromFedmsg(old).id).not.toBe(fromFedmsg({ ...old, msg: { agent: 'bo' } }).id);
});

test('a message without a time is as old as its arrival', () => {
  expect(fromFedmsg({ ...envelope, timestamp: undefined }, 42).time).toBe(42);
});

test.each([
  ['is not a JSON object', [1]],
  ['has no topic', { ...envelope, topic: 7 }],
  ['has no object as its msg', { ...envelope, msg: 'text' }],
  ['has a msg_id that is not a text', { ...envelope, msg_id: 3 }],
])('what %s is refused with that reason', (reason, bad) => {
  expect(() => fromFedmsg(bad)).toThrow(new BadMessage(reason));
});

test('any JSON is a message or refused with a reason', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        expect(fromFedmsg(value).topic).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(BadMessage);
      }
    }),
  );
});

test.each([
  ['org.fedoraproject.stg.git.receive', 'stg', 'git', 'git.receive'],
  ['io.pagure.prod.pagure.issue.new', 'prod', 'pagure', 'pagure.issue.new'],
  ['/topic/VirtualTopic.eng.brew.build.complete', '', 'brew', 'brew.build.complete'],
  ['bodhi.update.comment', '', 'bodhi', 'bodhi.update.comment'],
])('%s names environment, service and kind', (topic, environment, category, kind) => {
  expect(readTopic(topic)).toEqual({ environment, category, kind });
});
