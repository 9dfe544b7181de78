import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Delivery, fromAmqp } from './amqp.ts';
import { BadMessage } from './bad-message.ts';

const delivery: Delivery = {
  topic: 'org.fedoraproject.prod.bodhi.update.comment',
  id: '5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
  headers: {
    fedora_messaging_schema: 'bodhi.update.comment.v1',
    fedora_messaging_severity: 30,
    'sent-at': '2024-06-21T12:52:29+00:00',
  },
  body: Buffer.from('{"comment": {"text": "grüße"}}'),
};

test('a delivery becomes the internal message', () => {
  expect(fromAmqp(delivery)).toEqual({
    id: '5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
    topic: delivery.topic,
    environment: 'prod',
    category: 'bodhi',
    time: Date.UTC(2024, 5, 21, 12, 52, 29),
    severity: 'warning',
    schema: 'bodhi.update.comment.v1',
    body: { comment: { text: 'grüße' } },
  });
});

test('one that fedmsg numbered by year is the same message', () => {
  expect(fromAmqp({ ...delivery, id: `2019-${delivery.id}` }).id).toBe(delivery.id);
});

test('its encoding is honoured', () => {
  const body = Buffer.from('{"a": "grüße"}', 'latin1');
  expect(fromAmqp({ ...delivery, body, encoding: 'iso-8859-1' }).body).toEqual({ a: 'grüße' });
});

test('the base class is no schema, a missing severity is information, a missing time is now', () => {
  const message = fromAmqp({ ...delivery, headers: { fedora_messaging_schema: 'base.message' } }, 42);
  expect([message.schema, message.severity, message.time]).toEqual([undefined, 'info', 42]);
});

test('a class that forgot its topic is known by its schema', () => {
  expect(fromAmqp({ ...delivery, topic: '' })).toMatchObject({
    topic: 'bodhi.update.comment.v1',
    category: 'bodhi',
  });
});

test.each<[string, Partial<Delivery>]>([
  ['has no topic', { topic: '', headers: {} }],
  ['has no id', { id: '' }],
  ['has no object as its body', { body: '[1]' }],
  ['has a body that is not JSON in utf-8', { body: Buffer.from([0xff, 0x7b]) }],
  ['has a body that is not JSON in klingon', { encoding: 'klingon' }],
])('what %s is refused with that reason', (reason, change) => {
  expect(() => fromAmqp({ ...delivery, ...change })).toThrow(new BadMessage(reason));
});

test('any bytes are a message or refused with a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.jsonValue(), (bytes, value) => {
      for (const body of [bytes, JSON.stringify(value), value]) {
        try {
          expect(fromAmqp({ ...delivery, body }).topic).toBe(delivery.topic);
        } catch (error) {
          expect(error).toBeInstanceOf(BadMessage);
        }
      }
    }),
  );
});
