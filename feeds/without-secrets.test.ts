import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpusFolder, hasCorpus } from '../activity/corpus.ts';
import { describe } from '../activity/describe.ts';
import { fromAnyForm } from '../bus/archive.ts';
import { entryMessage, makeEntry } from './make-entry.ts';
import { withoutSecrets } from './without-secrets.ts';

test('of a webhook’s headers only those that name its event are kept', () => {
  const headers = {
    'x-hub-signature-256': 'sha256=42',
    'x-github-event': 'push',
    'X-Discourse-Event-Type': 'topic',
    'X-Discourse-Event-Id': '7',
    authorization: 'Basic x',
    'user-agent': 'hook',
  };
  const kept = { 'x-github-event': 'push', 'X-Discourse-Event-Type': 'topic' };
  expect(withoutSecrets({ headers, webhook_headers: headers, body: { headers: 'none' } })).toEqual({
    headers: kept,
    webhook_headers: kept,
    body: { headers: {} },
  });
});

test.each([
  'token',
  'access_token',
  'accessToken',
  'private-token',
  'secret',
  'client_secret',
  'password',
  'apiKey',
])('nothing called %s is kept, however deep', (name) => {
  expect(withoutSecrets({ hook: [{ [name]: 'x', url: 'y' }] })).toEqual({ hook: [{ url: 'y' }] });
});

test.each([
  ['https://amara:hunter2@git.example.org/x.git', 'https://git.example.org/x.git'],
  ['see https://example.org/x?a=1&token=abc&b=2#y', 'see https://example.org/x?a=1&token=…&b=2#y'],
  [`I used ghp_${'a1'.repeat(18)}, sorry`, 'I used …, sorry'],
  ['ssh://git@example.org/x, amara@example.org', 'ssh://git@example.org/x, amara@example.org'],
  ['the token of the day', 'the token of the day'],
])('%s becomes %s', (given, kept) => {
  expect(withoutSecrets(given)).toBe(kept);
});

test.skipIf(!hasCorpus)('no message is said otherwise for it', () => {
  const files = ['fedmsg.jsonl', 'fedora-messaging.jsonl', 'fedora-messaging-more.jsonl'];
  const lines = files.flatMap((file) =>
    readFileSync(new URL(file, corpusFolder), 'utf8').split('\n').filter(Boolean),
  );
  expect(lines.length).toBeGreaterThan(500);
  for (const line of lines) {
    const given = JSON.parse(line);
    const message = fromAnyForm(given.msg ?? given);
    const entry = makeEntry(message, describe(message), { hub: 1, why: 'x' });
    if (Buffer.byteLength(JSON.stringify(message.body)) > 16_000) continue;
    expect(describe(entryMessage(entry))).toEqual(describe(message));
  }
});
