import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describe as describeMessage } from '../activity/describe.ts';
import type { Message } from '../bus/message.ts';
import { BODY_BYTES } from './feed-store.ts';
import { entryMessage, makeEntry } from './make-entry.ts';

const message = (body: Message['body'], time = 1_000): Message => ({
  id: 'a',
  topic: 'org.example.prod.git.receive',
  environment: 'prod',
  category: 'git',
  time,
  severity: 'info',
  body,
});

const entryOf = (given: Message, now?: number) =>
  makeEntry(given, describeMessage(given), { hub: 1, why: 'package:guake' }, now);

test('a small message comes back as it was', () => {
  const given = message({ commit: { summary: 'Say "ü" \u0000 and \ud83d' } });
  expect(entryMessage(entryOf(given))).toEqual(given);
});

test('a body of a megabyte is cut to 16 KB and keeps its short fields', () => {
  const given = message({
    user: 'mira',
    log: 'x'.repeat(1_000_000),
    files: Array.from({ length: 9_000 }, () => 'f'),
  });
  const kept = entryMessage(entryOf(given));
  expect(Buffer.byteLength(JSON.stringify(kept.body))).toBeLessThanOrEqual(BODY_BYTES);
  expect(kept.body.user).toBe('mira');
});

test('whatever the body, the entry fits and can be read back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
      const kept = entryMessage(entryOf(message(body as Message['body'])));
      expect(Buffer.byteLength(JSON.stringify(kept.body))).toBeLessThanOrEqual(BODY_BYTES);
    }),
  );
});

test('a sender whose clock runs ahead does not stay on top', () => {
  expect(entryOf(message({}, 9_000), 5_000).time).toBe(5_000);
});

test('a time is a whole number of milliseconds, as every store can keep it', () => {
  expect(entryOf(message({}, 1_234.9)).time).toBe(1_234);
});
