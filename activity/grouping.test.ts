import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFedmsg } from '../bus/fedmsg.ts';
import type { Message } from '../bus/message.ts';
import { skipUnless } from '../testing/skips.ts';
import { joinParts } from './activity.ts';
import { corpusFolder, hasCorpus } from './corpus.ts';
import { type Grouped, group } from './grouping.ts';

interface Recorded {
  name: string;
  subject: string | null;
  originals: unknown[];
  expected: Record<string, unknown>[];
  groups: number[][];
}

const asRecorded = (entry: Grouped, messages: Message[]) => ({
  subtitle: joinParts(entry.parts),
  subjective: joinParts(entry.subjective),
  link: entry.link,
  icon: entry.icon,
  secondary_icon: entry.picture,
  usernames: entry.people,
  packages: entry.packages,
  topics: entry.topics,
  categories: entry.categories,
  originals: entry.messages.map((message) => messages.indexOf(message)),
  times: [entry.start, entry.end, entry.time].map((time) => Math.round(time)),
});

skipUnless('shared')('every recorded list is grouped as the reference does', () => {
  const lines = !hasCorpus
    ? []
    : readFileSync(new URL('grouping.jsonl', corpusFolder), 'utf8').trim().split('\n');
  const cases = lines.map((line) => JSON.parse(line) as Recorded);
  test.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    (_, { originals, expected, groups, subject }) => {
      const messages = originals.map((envelope) => fromFedmsg(envelope));
      const entries = group(messages, { subject: subject ?? undefined });
      expect(entries.map((entry) => asRecorded(entry, messages))).toEqual(
        expected.map((one, index) => ({
          subtitle: one.subtitle,
          subjective: one.subjective,
          link: one.link || null,
          icon: one.icon,
          secondary_icon: one.secondary_icon,
          usernames: one.usernames,
          packages: one.packages,
          topics: one.topics,
          categories: one.categories,
          originals: groups[index],
          times: [one.start_time, one.end_time, one.timestamp].map((time) => Math.round(Number(time) * 1000)),
        })),
      );
    },
  );
});

const topics = [
  'git.receive',
  'buildsys.build.state.change',
  'buildsys.tag',
  'github.issue.comment',
  'forgejo.push',
  'bodhi.update.comment',
  'copr.build.start',
  'mailman.receive',
  'pagure.issue.new',
  'ansible.playbook.start',
  'meetbot.meeting.start',
  'unknown.thing',
];
const few = fc.constantFrom('ana', 'bo', 'guake', 'f40');
const anyBody = fc.record(
  {
    agent: few,
    owner: few,
    user: few,
    userid: few,
    name: few,
    version: few,
    release: few,
    copr: few,
    tag: few,
    url: few,
    new: fc.integer({ min: 0, max: 5 }),
    commit: fc.record({ repo: few, username: few, branch: few, summary: few }, { requiredKeys: [] }),
    issue: fc.record({ id: fc.nat(2), number: fc.nat(2) }),
    project: fc.record({ name: few }),
    repository: fc.record({ full_name: few }),
    comment: fc.oneof(fc.record({ update_title: few }), fc.jsonValue()),
    msg: fc.oneof(fc.record({ 'message-id': few, references: few, from: few, subject: few }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

test('grouping neither loses nor doubles a message, and stays in the order of each entry’s first', () => {
  const lists = fc.array(fc.tuple(fc.constantFrom(...topics), anyBody), { maxLength: 25 });
  fc.assert(
    fc.property(lists, (list) => {
      const messages = list.map(([topic, msg], index) =>
        fromFedmsg({ topic: `org.fedoraproject.prod.${topic}`, msg, msg_id: `m${index}`, timestamp: index }),
      );
      const entries = group(messages, { subject: 'ana' });
      expect(entries.flatMap((entry) => entry.messages.map((one) => one.id)).sort()).toEqual(
        messages.map((one) => one.id).sort(),
      );
      const firsts = entries.map((entry) => messages.indexOf(entry.messages[0] as Message));
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
      for (const entry of entries) expect(joinParts(entry.parts)).not.toMatch(/undefined|\[object|NaN/);
    }),
    { numRuns: 300 },
  );
});

test.each(['constructor', '__proto__'])('who is named %s reads what others read', (subject) => {
  const message = fromFedmsg({
    topic: 'org.fedoraproject.prod.fas.group.member.sponsor',
    msg: { agent: 'ana', user: 'bo', group: 'docs' },
  });
  const [entry] = group([message], { subject });
  expect(entry?.subjective).toEqual(entry?.parts);
});
