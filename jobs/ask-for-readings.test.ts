import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromArchiveV2 } from '../bus/archive.ts';
import type { Message } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import { makePerson } from '../testing/people.ts';
import { sharedFolder, skipUnless } from '../testing/skips.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { askForReadings, subjectOf } from './ask-for-readings.ts';

const { pool, database } = await openTestDatabase();

const message = (topic: string, body: Message['body']): Message => {
  const full = `org.fedoraproject.prod.${topic}`;
  return { ...readTopic(full), id: topic, topic: full, time: 0, severity: 'info', body };
};
const jobs = async () => {
  const { rows } = await pool.query<{ key: string }>('SELECT key FROM graphile_worker.jobs ORDER BY key');
  return rows.map(({ key }) => key);
};

test('one waiting job for each tied group and each person with a hub, whatever their messages say', async () => {
  await database.hub.create({ data: { type: 'team', name: 'Design', groupName: 'Design' } });
  await makePerson(database, 'Ralph');
  const about = { agent: 'duffy', user: 'ralph', group: 'design' };
  await askForReadings(pool, [
    message('fas.group.member.sponsor', { msg: about }),
    message('fas.group.member.remove', { msg: { ...about, user: 'mira' } }),
    message('fas.group.member.sponsor', { msg: { ...about, group: 'unknown' } }),
    message('fas.user.update', { msg: { agent: 'ralph', user: 'ralph', fields: ['timezone'] } }),
    message('fas.user.create', { msg: { agent: 'nobody', user: 'nobody' } }),
  ]);
  await askForReadings(pool, [message('fas.group.member.sponsor', { msg: about })]);
  expect(await jobs()).toEqual(['read-group:design', 'read-person:ralph']);
  expect(await database.role.count({ where: { source: 'accounts' } })).toBe(0);
});

test.each([
  [
    'fas.group.member.sponsor',
    { agent: { username: 'a' }, user: { username: 'b' }, group: { name: 'g' } },
    { group: 'g' },
  ],
  ['fas.group.member.remove', { msg: { user: 'b', group: 'g' } }, { group: 'g' }],
  ['fas.role.update', { user: { username: 'b' }, group: { name: 'g' } }, { group: 'g' }],
  ['fas.user.update', { agent: { username: 'b' }, user: { username: 'b' } }, { user: 'b' }],
  ['fas.user.update', { msg: { user: 7 } }, null],
  ['fas.something.new', { msg: { user: 'b', group: 'g' } }, null],
  ['git.receive', { msg: { user: 'b', group: 'g' } }, null],
])('%s %j is about %j', (topic, body, subject) => {
  expect(subjectOf(message(topic, body))).toEqual(subject);
});

skipUnless('shared')('messages of the accounts system', () => {
  test.each([
    ['group-member-sponsor', { group: 'designteam' }],
    ['group-member-removed-UNVERIFIED-TOPIC', { group: 'designteam' }],
    ['user-create', { user: 'ralph' }],
    ['user-update', { user: 'ralph' }],
  ])('%s is about %j', (file, subject) => {
    const row = readFileSync(`${sharedFolder}/reference/upstreams/noggin/message-${file}.json`, 'utf8');
    expect(subjectOf(fromArchiveV2(JSON.parse(row)))).toEqual(subject);
  });
});
