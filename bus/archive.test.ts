import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedFolder, skipUnless } from '../testing/skips.ts';
import { fromAnyForm, fromArchiveV1, fromArchiveV2 } from './archive.ts';
import { BadMessage } from './bad-message.ts';

const body = { agent: 'ana' };
const row = {
  topic: 'org.fedoraproject.prod.pagure.issue.new',
  msg_id: '2019-5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
  timestamp: 1500000000,
  msg: body,
  headers: null,
  source_name: 'datanommer',
  source_version: '0.6.4',
};

test('a row of the first form is a fedmsg envelope', () => {
  const message = fromArchiveV1(row);
  expect([message.id, message.time, message.schema, message.body]).toEqual([
    '5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b',
    1500000000000,
    undefined,
    body,
  ]);
});

test('a row of the first form that came over AMQP keeps its schema, and its time where sent-at is missing', () => {
  const message = fromArchiveV1({ ...row, headers: { fedora_messaging_schema: 'pagure.issue.new.v1' } });
  expect([message.schema, message.time]).toEqual(['pagure.issue.new.v1', 1500000000000]);
});

test('both forms of one message are one message', () => {
  const headers = { fedora_messaging_schema: 'pagure.issue.new.v1', 'sent-at': '2017-07-14T02:40:00+00:00' };
  const second = { topic: row.topic, id: '5f0c6c2e-6a3e-4a4f-8a83-4f6d4a1a4c1b', headers, body, queue: null };
  expect(fromArchiveV2(second)).toEqual(fromArchiveV1({ ...row, headers }));
});

test('a line without an id has the same id each time', () => {
  const line = { topic: row.topic, headers: {}, body };
  expect(fromAnyForm(line).id).toBe(fromAnyForm(structuredClone(line)).id);
});

test.each([
  [null],
  ['text'],
  [[]],
  [{}],
  [{ topic: 'a.b.c' }],
  [{ topic: '', body: {} }],
  [{ topic: 'x', body: 7 }],
])('%j is refused with a reason', (value) => {
  expect(() => fromAnyForm(value)).toThrow(BadMessage);
});

skipUnless('shared')('what the archive really answered', () => {
  test.each([
    ['raw.json', fromArchiveV1],
    ['v2-search.json', fromArchiveV2],
  ] as const)('%s', (file, read) => {
    const answer = JSON.parse(
      readFileSync(`${sharedFolder}/reference/upstreams/datagrepper/${file}`, 'utf8'),
    ) as {
      raw_messages: unknown[];
    };
    expect(answer.raw_messages.length).toBeGreaterThan(0);
    for (const one of answer.raw_messages) expect(read(one).id).toMatch(/^(?!\d{4}-)./);
  });
});
