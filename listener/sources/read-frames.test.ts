import { expect, test } from 'vitest';
import { makeEnvelope } from '../../testing/publisher.ts';
import { readFrames } from './read-frames.ts';
import { MESSAGE_BYTES } from './source.ts';

const topic = 'org.fedoraproject.prod.bodhi.update.comment';
const frames = (...parts: (string | Buffer)[]) => parts.map((part) => Buffer.from(part));
const filler = (bytes: number) => {
  const envelope = makeEnvelope(topic, { text: '' });
  const rest = bytes - topic.length - JSON.stringify(envelope).length;
  return JSON.stringify({ ...envelope, msg: { text: 'x'.repeat(rest) } });
};

test('two frames are a message', () => {
  const envelope = makeEnvelope(topic, { karma: 1 });
  const result = readFrames(frames(topic, JSON.stringify(envelope)));
  expect(result).toMatchObject({ message: { topic, category: 'bodhi', body: { karma: 1 } } });
});

test('the largest message is taken, one byte more is not', () => {
  expect(readFrames(frames(topic, filler(MESSAGE_BYTES)))).toHaveProperty('message');
  expect(readFrames(frames(topic, filler(MESSAGE_BYTES + 1)))).toMatchObject({ dropped: 'size' });
});

test.each([
  ['frames', frames(topic), 'has 1 frames'],
  ['frames', frames(topic, '{}', '{}'), 'has 3 frames'],
  ['json', frames(topic, '{"topic":'), 'is not JSON'],
  ['encoding', frames(topic, Buffer.from([0x22, 0xff, 0x22])), 'is not UTF-8'],
  ['encoding', frames(Buffer.from([0xc3]), '{}'), 'is not UTF-8'],
  ['topic', frames('org.other', JSON.stringify(makeEnvelope(topic))), 'came under the topic org.other'],
  ['message', frames(topic, '[]'), 'is not a JSON object'],
  ['message', frames(topic, JSON.stringify({ topic, msg: 'text' })), 'has no object as its msg'],
])('drops with the reason %s', (dropped, given, sentence) => {
  expect(readFrames(given)).toEqual({ dropped, sentence: expect.stringContaining(sentence) });
});
