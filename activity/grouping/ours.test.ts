import { expect, test } from 'vitest';
import { fromFedmsg } from '../../bus/fedmsg.ts';
import { joinParts } from '../activity.ts';
import { group } from '../grouping.ts';

type Body = Record<string, unknown>;
/** Topic, body, and minutes after the first; lists are written newest first, as feeds are. */
type Line = [topic: string, body: Body, minute?: number];

const entriesOf = (lines: Line[], reader?: string) =>
  group(
    lines.map(([topic, msg, minute = 0], index) =>
      fromFedmsg({
        topic: `org.fedoraproject.prod.${topic}`,
        msg,
        msg_id: `m${index}`,
        timestamp: minute * 60,
      }),
    ),
    { subject: reader },
  ).map((entry) => [joinParts(entry.parts), entry.messages.map((one) => Number(one.id.slice(1)))]);

const commit = (repo: string, summary: string, username = 'ana', branch = 'rawhide'): Line => [
  'git.receive',
  { commit: { username, repo, namespace: 'rpms', branch, summary, message: summary, rev: 'abc' } },
];
const build = (name: string, state: number, minute = 0, owner = 'ana'): Line => [
  'buildsys.build.state.change',
  { owner, name, version: '1', release: '1.fc40', new: state, build_id: 7, instance: 'primary' },
  minute,
];
const tag = (name: string, into: string, user = 'bodhi'): Line => [
  'buildsys.tag',
  { name, version: '1', release: '1.fc40', tag: into, user, owner: 'ana' },
];
const sign = (id: number, arch: string): Line => [
  'buildsys.rpm.sign',
  { rpm: { name: 'guake', version: '1', release: '1.fc40', arch, build_id: id }, sigkey: 'k' },
];
const issue = (repo: string, number: number, login: string, event = 'issues'): Line => [
  `forgejo.${event}`,
  {
    action: 'opened',
    sender: { login },
    repository: { full_name: repo },
    issue: { number, title: `Ticket ${number}` },
  },
];
const push = (repo: string, login: string, commits: number, ref = 'refs/heads/main'): Line => [
  'forgejo.push',
  { sender: { login }, repository: { full_name: repo }, total_commits: commits, ref },
];
const post = (topic: number, username: string): Line => [
  'discourse.post.post_created',
  {
    webhook_headers: {
      'X-Discourse-Instance': 'https://forum.example',
      'X-Discourse-Event': 'post_created',
      'X-Discourse-Event-Type': 'post',
    },
    webhook_body: { post: { username, topic_id: topic, topic_title: `Topic ${topic}` } },
  },
];
const bug = (id: number, who: string): Line => [
  'bugzilla.bug.update',
  {
    bug: { id, summary: `Bug ${id}`, creator: who, cc: [] },
    event: { who, changes: [{ field_name: 'status' }] },
  },
];

const change = (name: string, ...keys: string[]): Line => [
  'hubs.hub.updated',
  { agent: 'ana', hub_name: name, hub_type: 'team', changed_keys: keys },
];

test.each<[string, Line[], [string, number[]][]]>([
  [
    'the commits of one push are one entry',
    [commit('guake', 'Fix b'), commit('guake', 'Fix a')],
    [['ana pushed 2 commits to rpms/guake (rawhide)', [0, 1]]],
  ],
  [
    'pushes to two repositories stay apart',
    [commit('guake', 'Fix b'), commit('tilda', 'Fix a')],
    [
      ['ana pushed to rpms/guake (rawhide).  "Fix b"', [0]],
      ['ana pushed to rpms/tilda (rawhide).  "Fix a"', [1]],
    ],
  ],
  [
    'interleaved pushes to two repositories are two entries, each where its newest stood',
    [commit('guake', 'c'), commit('tilda', 'd'), commit('guake', 'a'), commit('tilda', 'b')],
    [
      ['ana pushed 2 commits to rpms/guake (rawhide)', [0, 2]],
      ['ana pushed 2 commits to rpms/tilda (rawhide)', [1, 3]],
    ],
  ],
  [
    'pushes to two branches stay apart',
    [commit('guake', 'Fix b', 'ana', 'f40'), commit('guake', 'Fix a')],
    [
      ['ana pushed to rpms/guake (f40).  "Fix b"', [0]],
      ['ana pushed to rpms/guake (rawhide).  "Fix a"', [1]],
    ],
  ],
  [
    'pushes of two people stay apart',
    [commit('guake', 'Fix b', 'bo'), commit('guake', 'Fix a')],
    [
      ['bo pushed to rpms/guake (rawhide).  "Fix b"', [0]],
      ['ana pushed to rpms/guake (rawhide).  "Fix a"', [1]],
    ],
  ],
  [
    'one change to many packages is one entry',
    ['guake', 'tilda', 'xterm', 'kitty'].map((name) => commit(name, 'Rebuild for Python')),
    [['ana pushed to guake, kitty, and 2 others: "Rebuild for Python"', [0, 1, 2, 3]]],
  ],
  [
    'a build that started and completed is one entry with its last state',
    [build('guake', 1, 9), build('guake', 0, 1)],
    [["ana's guake-1-1.fc40 completed", [0, 1]]],
  ],
  [
    'a build whose messages came out of order has its last state by time',
    [build('guake', 0, 1), build('guake', 3, 9)],
    [["ana's guake-1-1.fc40 failed", [0, 1]]],
  ],
  [
    'a build that started and ended in one second has ended',
    [build('guake', 0, 1), build('guake', 1, 1)],
    [["ana's guake-1-1.fc40 completed", [0, 1]]],
  ],
  [
    'a build group says how its builds ended',
    [
      build('guake', 1, 9),
      build('tilda', 3, 8),
      build('xterm', 1, 7),
      build('guake', 0, 2),
      build('tilda', 0, 1),
    ],
    [["ana's builds of guake, tilda, and xterm: 1 failed, 2 completed", [0, 1, 2, 3, 4]]],
  ],
  [
    'builds of two people stay apart',
    [build('guake', 1, 9, 'bo'), build('tilda', 1, 8)],
    [
      ["bo's guake-1-1.fc40 completed", [0]],
      ["ana's tilda-1-1.fc40 completed", [1]],
    ],
  ],
  [
    'builds tagged together are one entry, other tags another',
    [tag('guake', 'f40'), tag('xterm', 'f41'), tag('tilda', 'f40')],
    [
      ['guake and tilda tagged into f40 by bodhi', [0, 2]],
      ["ana's xterm-1-1.fc40 tagged into f41 by bodhi", [1]],
    ],
  ],
  [
    'the signed files of one build are one entry',
    [sign(7, 'x86_64'), sign(7, 'aarch64'), sign(8, 'x86_64')],
    [
      ['2 files of guake signed', [0, 1]],
      ["Koji build guake-1-1.fc40.x86_64.rpm signed with sigkey 'k'", [2]],
    ],
  ],
  [
    'what happens on one ticket is one thread, whatever stands between',
    [issue('docs/site', 5, 'bo', 'issue_comment'), bug(1, 'cem'), issue('docs/site', 5, 'ana')],
    [
      ['ana and bo worked on docs/site#5: Ticket 5', [0, 2]],
      ["cem updated 'status' on RHBZ#1 'Bug 1'", [1]],
    ],
  ],
  [
    'tickets of one number in two repositories stay apart',
    [issue('docs/site', 5, 'bo'), issue('docs/quick', 5, 'ana')],
    [
      ['bo opened issue docs/site#5: Ticket 5', [0]],
      ['ana opened issue docs/quick#5: Ticket 5', [1]],
    ],
  ],
  [
    'pushes to a forge add up over branches',
    [push('docs/site', 'ana', 2), push('docs/site', 'ana', 3, 'refs/heads/draft')],
    [['ana pushed 5 commits to docs/site (draft and main)', [0, 1]]],
  ],
  [
    'one discussion is one entry, another stays apart',
    [post(3, 'ana'), post(4, 'bo'), post(3, 'cem'), post(3, 'ana')],
    [
      ["ana and cem took part in 'Topic 3'", [0, 2, 3]],
      ["New Post on forum.example: bo posted in 'Topic 4'", [1]],
    ],
  ],
  ['one bug is one entry', [bug(1, 'ana'), bug(1, 'bo')], [["RHBZ#1 'Bug 1' changed 2 times", [0, 1]]]],
  [
    'what no rule groups stays as it is and in its order',
    [
      ['planning.sprint', { agent: 'ana' }],
      ['planning.sprint', { agent: 'ana' }],
    ],
    [
      ['planning: sprint, by ana', [0]],
      ['planning: sprint, by ana', [1]],
    ],
  ],
  [
    'what somebody changes on one hub is one entry, and says all of it once',
    [
      change('docs', 'library'),
      change('docs', 'alertText', 'alertColour'),
      change('docs', 'library'),
      change('qa', 'layout'),
    ],
    [
      ['ana changed the alert and the library of the hub docs', [0, 1, 2]],
      ['ana changed the layout of the hub qa', [3]],
    ],
  ],
  ['an empty list has no entries', [], []],
])('%s', (_, lines, expected) => {
  expect(entriesOf(lines)).toEqual(expected);
});

test('a push across the reader’s midnight is two entries, for the feed cuts the list there first', () => {
  const pushes = [commit('guake', 'Fix c'), commit('guake', 'Fix b'), commit('guake', 'Fix a')];
  const days = [pushes.slice(0, 2), pushes.slice(2)].map((day) => entriesOf(day));
  expect(days).toEqual([
    [['ana pushed 2 commits to rpms/guake (rawhide)', [0, 1]]],
    [['ana pushed to rpms/guake (rawhide).  "Fix a"', [0]]],
  ]);
});

test('the reader finds their own entries told to them', () => {
  const lines: Line[] = [['ansible.playbook.start', { userid: 'ana', playbook: '/x/mail.yml' }]];
  const messages = [...lines, ...lines].map(([topic, msg], index) =>
    fromFedmsg({ topic: `org.fedoraproject.prod.${topic}`, msg, msg_id: `m${index}` }),
  );
  const [entry] = group(messages, { subject: 'ana' });
  expect(joinParts(entry?.subjective ?? [])).toBe('You ran the mail.yml playbook 2 times');
});

test('threads of two projects that share name and number stay apart', () => {
  const opened = (namespace: string, event: string): Line => [
    `pagure.issue.${event}`,
    {
      agent: 'ana',
      project: { name: 'tracker', namespace, fullname: `${namespace}/tracker` },
      issue: { id: 1, title: 'Ticket' },
    },
  ];
  const lines = [opened('docs', 'new'), opened('design', 'new'), opened('docs', 'edit')];
  expect(entriesOf(lines).map(([, ids]) => ids)).toEqual([[0, 2], [1]]);
});
