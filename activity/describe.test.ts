import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromAnyForm } from '../bus/archive.ts';
import { BadMessage } from '../bus/bad-message.ts';
import { fromFedmsg } from '../bus/fedmsg.ts';
import { joinParts } from './activity.ts';
import { describe } from './describe.ts';
import { keysOf } from './keys.ts';

const say = (topic: string, msg: Record<string, unknown>) =>
  describe(fromFedmsg({ topic: `org.fedoraproject.prod.${topic}`, msg, timestamp: 0 }));

const kinds = [
  'git.receive',
  'git.branch',
  'git.lookaside.new',
  'git.pkgdb2branch.complete',
  'pagure.issue.comment.added',
  'pagure.pull-request.new',
  'pagure.git.receive',
  'pagure.commit.flag.added',
  'bodhi.update.comment',
  'bodhi.update.request.testing',
  'bodhi.updates.fedora.sync',
  'bodhi.compose.complete',
  'buildsys.build.state.change',
  'buildsys.task.state.change',
  'buildsys.rpm.sign',
  'copr.build.end',
  'discourse.post.post_created',
  'mailman.receive',
  'meetbot.meeting.item.help',
  'meetbot.meeting.complete',
  'fedocal.meeting.reminder',
  'fas.user.update',
  'ipa.group_add_member.v1',
  'fedbadges.badge.award',
  'bugzilla.bug.update',
  'github.issue.comment',
  'github.push',
  'forgejo.pull_request',
  'gitlab.note',
  'planet.post.new',
  'wiki.article.edit',
  'anitya.project.version.update',
  'hubs.user.role.added',
  'ansible.playbook.start',
  'mbs.module.state.change',
  'compose.rawhide.start',
  'pungi.compose.phase.start',
  'pkgdb.acl.update',
  'hotness.update.bug.file',
  'ci.pipeline.complete',
  'askbot.post.edit',
  'trac.ticket.update',
  'mdapi.repo.update',
  'mirrormanager.crawler.complete',
  'nagios.host.state.change',
  'openqa.job.done',
  'fedoratagger.tag.update',
  'greenwave.decision.update',
  'rats.test.taskotron',
  'koschei.package.state.change',
  'weblate.change',
  'no.such.thing',
];

/** What every object has: a table of words must not answer with it. */
const trap = fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty');

/** Words that rules look for, so that what is made up reaches deep into them. */
const field = fc.constantFrom(
  ...'agent user username name commit repo update comment issue project pullrequest msg mlist bug event test'.split(
    ' ',
  ),
  ...'body headers build rpm info owner copr calendar meeting group badge person trigger message packages'.split(
    ' ',
  ),
  ...'attendees files stats post thread ticket vote tag package subject results hosts differences'.split(' '),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    trap,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(field, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const schemas = [
  '',
  'base.message',
  'bodhi.update.comment.v1',
  'koji_fedoramessaging.tag.TagV1',
  'noggin.user.create.v1',
];

test('any body of any service is said, without a trace of what is missing', () => {
  const bodies = fc.dictionary(field, anything, { maxKeys: 8 });
  const ends = fc.tuple(fc.constantFrom(...kinds), trap).map(([kind, end]) => kind.replace(/\w+$/, end));
  const topicOf = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...kinds) }, ends);
  fc.assert(
    fc.property(topicOf, bodies, fc.constantFrom(...schemas), (kind, body, schema) => {
      const message = fromAnyForm({
        topic: `org.fedoraproject.prod.${kind}`,
        id: 'one',
        headers: schema ? { fedora_messaging_schema: schema } : {},
        body,
      });
      const activity = describe(message);
      expect(activity.parts.length).toBeGreaterThan(0);
      // What stands in the body may say anything; only words of ours are looked at.
      expect(JSON.parse(JSON.stringify(activity))).toEqual(activity);
      expect(joinParts(activity.parts)).not.toContain('native code');
      if (!/undefined|object/.test(JSON.stringify(body))) {
        expect(joinParts(activity.parts)).not.toMatch(/undefined|\[object/);
        const { link, objects, touches, people, packages } = activity;
        expect(JSON.stringify([link, objects, touches, people, packages])).not.toMatch(/undefined|\[object/);
      }
      expect(keysOf(message, activity).every((key) => typeof key === 'string')).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('any JSON is rendered or refused with a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ topic: fc.string(), msg: fc.jsonValue() })), (value) => {
      try {
        expect(describe(fromAnyForm(value)).parts.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(BadMessage);
        expect((error as BadMessage).reason).toMatch(/^(is|has) /);
      }
    }),
  );
});

test('persons and packages in a sentence are parts of their kind', () => {
  const { parts } = say('buildsys.tag', {
    owner: 'ana',
    user: 'bo',
    name: 'guake',
    version: '3.9',
    release: '1.fc40',
    tag: 'f40',
  });
  expect(parts).toEqual([
    { type: 'person', text: 'ana', name: 'ana' },
    { type: 'text', text: "'s " },
    { type: 'package', text: 'guake-3.9-1.fc40', name: 'guake' },
    { type: 'text', text: ' tagged into f40 by ' },
    { type: 'person', text: 'bo', name: 'bo' },
  ]);
});

test('each person named reads it in the second person', () => {
  const { subjective } = say('fas.group.member.sponsor', { agent: 'ana', user: 'bo', group: 'docs' });
  expect(
    Object.fromEntries(Object.entries(subjective).map(([name, parts]) => [name, joinParts(parts)])),
  ).toEqual({
    ana: "you sponsored bo's membership in the docs group",
    bo: 'ana sponsored your membership in the docs group',
  });
});

test('“has” becomes “have” after “you”', () => {
  const { subjective } = say('fedbadges.badge.award', {
    user: { username: 'ana' },
    badge: { name: 'Early bird' },
  });
  expect(joinParts(subjective.ana ?? [])).toBe('you have been awarded the "Early bird" badge');
});

test('after “you” a verb stands without its s, also behind “no longer”', () => {
  const told = (change: string, role: string) => {
    const said = say(`hubs.user.role.${change}`, {
      username: 'ana',
      role,
      hub_name: 'docs',
      hub_type: 'team',
    });
    return joinParts(said.subjective.ana ?? []);
  };
  expect(told('added', 'subscriber')).toBe('you follow docs');
  expect(told('removed', 'subscriber')).toBe('you no longer follow docs');
  expect(told('removed', 'stargazer')).toBe('you no longer star docs');
  expect(told('removed', 'owner')).toBe('you gave up ownership of docs');
});

test('“their” becomes “your” for the one it is said of', () => {
  const { subjective } = say('fmn.preference.update', {
    openid: 'ana.id.fedoraproject.org',
    context: 'email',
    changed: 'enabled',
  });
  expect(joinParts(subjective.ana ?? [])).toBe('you toggled your flow of email messages');
});

test('a line of a meeting addresses those it names, not all who attend', () => {
  const { concerns, people } = say('meetbot.meeting.item.action', {
    owner: 'ana',
    channel: '#docs',
    attendees: { ana: 3, bo: 1, cem: 2 },
    details: { nick: 'ana', line: 'bo to write the minutes' },
  });
  expect([concerns, people]).toEqual([['bo'], ['ana', 'bo', 'cem']]);
});

test('a topic no rule knows is said honestly, and says so', () => {
  const activity = say('planning.sprint_closed', { agent: 'ana' });
  expect([joinParts(activity.parts), activity.generic]).toEqual(['planning: sprint closed, by ana', true]);
});

test('missing fields make a sentence simpler', () => {
  expect(
    joinParts(say('pagure.project.user.added', { project: { name: 'guake' }, new_user: 'bo' }).parts),
  ).toBe('somebody added "bo" to project guake');
});

test.each([
  [
    'hubs.user.role.added',
    { username: 'ana', hub_name: 'docs', hub_type: 'team', role: 'member' },
    'ana joined docs',
  ],
  [
    'hubs.user.role.added',
    { username: 'ana', agent: 'bo', hub_name: 'docs', hub_type: 'team', role: 'owner' },
    'bo made ana owner of docs',
  ],
  ['hubs.hub.created', { agent: null, hub_name: 'docs', hub_type: 'team' }, 'docs has a hub now'],
  ['hubs.hub.created', { agent: 'ana', hub_name: 'docs', hub_type: 'team' }, 'ana created the hub docs'],
  [
    'hubs.hub.updated',
    { agent: null, hub_name: 'docs', changed_keys: ['archived'] },
    'the hub docs was changed: the archived state',
  ],
  [
    'hubs.hub.updated',
    { agent: 'ana', hub_name: 'docs', changed_keys: ['alertText', 'alertColour', 'joinText'] },
    'ana changed the alert and the join process of the hub docs',
  ],
  [
    'hubs.user.role.removed',
    { username: 'ana', agent: 'ana', hub_name: 'docs', hub_type: 'team', role: 'subscriber' },
    'ana no longer follows docs',
  ],
  [
    'hubs.hub.updated',
    { agent: 'ana', hub_name: 'docs', changed_keys: ['summary'] },
    'ana changed the summary of the hub docs',
  ],
])('%s is said as Hubs means it', (topic, body, sentence) => {
  expect(joinParts(say(topic, body).parts)).toBe(sentence);
});

test('whom a message addresses, mentions, assigns or asks is concerned; who did it is not', () => {
  const message = fromFedmsg({
    topic: 'org.fedoraproject.prod.pagure.issue.comment.added',
    msg: {
      agent: 'ana',
      project: { name: 'guake', namespace: 'rpms' },
      issue: {
        id: 7,
        title: 'It crashes',
        user: { name: 'bo' },
        assignee: { name: 'Cem' },
        comments: [{ id: 1, comment: '@dee please look, as @ana said' }],
      },
    },
  });
  const keys = keysOf(message, describe(message));
  expect(keys.filter((key) => key.startsWith('concerns:')).sort()).toEqual([
    'concerns:bo',
    'concerns:cem',
    'concerns:dee',
  ]);
  expect(keys).toEqual(expect.arrayContaining(['user:ana', 'package:guake', 'project:rpms/guake']));
});

test('headers of a webhook give no keys', () => {
  const message = fromAnyForm({
    topic: 'org.fedoraproject.prod.forgejo.push',
    id: 'one',
    headers: { fedora_messaging_schema: 'webhook_to_fedora_messaging.forgejo.message_v1' },
    body: {
      agent: 'ana',
      headers: { 'x-forgejo-event': 'push', 'x-hub-signature': 'secret-signature' },
      body: { repository: { full_name: 'docs/site' }, ref: 'refs/heads/main', commits: [] },
    },
  });
  expect(keysOf(message, describe(message))).toEqual([
    'user:ana',
    'project:docs/site',
    'topic:forgejo.push',
    'category:forgejo',
  ]);
});
