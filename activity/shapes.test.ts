// What the rules owe to shapes of which messages are rare: both buses, all years.
import { expect, test } from 'vitest';
import { fromAnyForm } from '../bus/archive.ts';
import { joinParts } from './activity.ts';
import { describe } from './describe.ts';
import { keysOf } from './keys.ts';

type Body = Record<string, unknown>;

const onFedmsg = (kind: string, msg: Body) =>
  fromAnyForm({ topic: `org.fedoraproject.prod.${kind}`, msg, msg_id: '2016-one', timestamp: 0 });

const withSchema = (topic: string, schema: string, body: Body) =>
  fromAnyForm({ topic, id: 'one', headers: { fedora_messaging_schema: schema }, body });

const say = (message: ReturnType<typeof fromAnyForm>) => joinParts(describe(message).parts);

const build = { name: 'tea', version: '2', release: '1.fc40', owner: 'ana' };

test.each<[schema: string, body: Body, sentence: string]>([
  [
    'koji_fedoramessaging.build.BuildStateChangeV1',
    { ...build, old: null, new: 0 },
    "Build BUILDING: ana's tea-2-1.fc40",
  ],
  [
    'koji_fedoramessaging.tag.UntagV1',
    { ...build, tag: 'f40', user: 'bo' },
    'tea-2-1.fc40 was untagged from f40 by bo',
  ],
  [
    'koji_fedoramessaging.task.TaskStateChangeV1',
    { new: 'CLOSED', method: 'build', srpm: 'tea.src.rpm', info: { arch: 'noarch' } },
    'Task CLOSED -- build (tea.src.rpm noarch)',
  ],
  [
    'koji_fedoramessaging.package.ListChangeV1',
    { package: 'tea', tag: 'f40' },
    'Package list change for tea:  f40',
  ],
  [
    'fedora_messaging_git_hook.commit.v1',
    { agent: 'ana', commit: { repo: 'tea', namespace: 'docs', branch: 'main', summary: 'Steep longer' } },
    'ana pushed to docs/tea (main). "Steep longer"',
  ],
  [
    'koschei.package.state.change',
    { name: 'tea', old: 'ok', new: 'failing', koji_instance: 'primary', collection: 'f40' },
    "tea's builds started to fail in f40",
  ],
])('under a topic of its own, %s is said by its name', (schema, body, sentence) => {
  expect(say(withSchema('org.example.prod.kitchen.news', schema, body))).toBe(sentence);
});

test('a topic that a service knows goes before the schema', () => {
  const body = { ...build, tag: 'f40', user: 'bo' };
  const topic = 'org.fedoraproject.prod.buildsys.tag';
  expect(say(withSchema(topic, 'koji_fedoramessaging.tag.UntagV1', body))).toBe(
    'tea-2-1.fc40 was tagged into f40 by bo',
  );
});

const newVersions = 'org.release-monitoring.prod.anitya.project.version.update';

test.each<[string, Body, string]>([
  [
    'anitya.project.version.update',
    { upstream_version: '3' },
    "A new version '3' was found for project tea in release-monitoring.",
  ],
  [
    'anitya.project.version.update.v2',
    { upstream_versions: ['3', '4'] },
    "A new versions '3, 4' were found for project tea in release-monitoring.",
  ],
])('versions of a schema may share a topic: %s', (schema, message, sentence) => {
  expect(say(withSchema(newVersions, schema, { project: { name: 'tea' }, message }))).toBe(sentence);
});

test.each<[string, Body, string]>([
  ['issue.edit', { fields: [] }, 'ana edited fields  of issue docs/tea#3: Too hot'],
  ['issue.tag.added', { tags: ['milk', 'oat'] }, 'ana tagged the issue docs/tea#3 with: milk, oat'],
  [
    'issue.dependency.removed',
    { removed_dependency: [4, 5] },
    'ana removed the dependency on #4, #5 on the issue docs/tea#3',
  ],
  ['project.tag.removed', { tags: [] }, 'ana removed the tag(s)  of project "docs/tea"'],
])('a list of a forge that is empty names nothing: %s', (event, change, sentence) => {
  const body = {
    agent: 'ana',
    project: { name: 'tea', fullname: 'docs/tea' },
    ...(event.startsWith('issue') ? { issue: { id: 3, title: 'Too hot', user: { name: 'bo' } } } : {}),
    ...change,
  };
  expect(say(withSchema(`io.pagure.prod.pagure.${event}`, `pagure.${event}`, body))).toBe(sentence);
});

test('a pull request is of the project that it names, whichever project stands beside it', () => {
  const body = {
    agent: 'ana',
    project: { name: 'tea', fullname: 'fork/bo/tea' },
    pullrequest: { id: 3, project: { name: 'tea', fullname: 'docs/tea' }, user: { name: 'bo' } },
  };
  const kind = 'pagure.pull-request.assigned.reset';
  expect(say(withSchema(`io.pagure.prod.${kind}`, kind, body))).toBe(
    'ana reset the assignee of the pull-request docs/tea#3',
  );
});

test('an older git hook names who made the commit; who pushed it and the package have their keys', () => {
  const commit = {
    repo: 'tea',
    namespace: 'rpms',
    branch: 'main',
    summary: 'Steep',
    username: 'bo',
    agent: 'ana',
  };
  const message = withSchema('git.receive', 'git.receive', { commit });
  const activity = describe(message);
  expect([say(message), activity.people]).toEqual(['bo pushed to tea (main). "Steep"', ['ana']]);
  expect(keysOf(message, activity)).toEqual(expect.arrayContaining(['user:ana', 'package:tea']));
});

test('an update that is ready for testing leads where its artifact is', () => {
  const message = withSchema(
    'bodhi.update.status.testing.koji-build-group.build.complete',
    'bodhi.update.status.testing.v2',
    {
      artifact: { id: 'KITCHEN-1-abc', builds: [{ component: 'tea', nvr: 'tea-2-1.fc40', issuer: 'ana' }] },
      update: { alias: 'KITCHEN-1', user: { name: 'ana' }, builds: [{ nvr: 'tea-2-1.fc40' }] },
    },
  );
  expect(describe(message).link).toBe('https://bodhi.fedoraproject.org/updates/KITCHEN-1-abc');
});

test.each<[string, ReturnType<typeof fromAnyForm>, string[]]>([
  [
    'fedmsg',
    onFedmsg('bodhi.update.comment', {
      comment: {
        author: 'ana',
        karma: 1,
        text: '@bo please ask cem@example.org',
        update_title: 'tea-2-1.fc40',
      },
    }),
    ['ana', 'bo', 'example'],
  ],
  [
    'fedora-messaging',
    withSchema('bodhi.update.comment', 'bodhi.update.comment.v1', {
      comment: { user: { name: 'ana' }, karma: 1, text: '@bo please ask cem@example.org' },
      update: { builds: [{ nvr: 'tea-2-1.fc40' }], user: { name: 'dee' } },
    }),
    ['ana', 'bo', 'dee'],
  ],
])(
  'whoever a comment of Bodhi addresses is told, the host of an address never (%s)',
  (_, message, people) => {
    const activity = describe(message);
    expect(activity.people).toEqual(people);
    expect(activity.concerns).toEqual(people.filter((name) => name !== 'ana' && name !== 'example'));
    expect(keysOf(message, activity)).not.toContain('concerns:example');
  },
);

test('a vote is anonymous where it says so, not by a name', () => {
  const vote = (user: Body) =>
    say(onFedmsg('fedoratagger.rating.update', { rating: { rating: 4, user, package: { name: 'tea' } } }));
  expect([vote({ username: 'ana', anonymous: true }), vote({ username: 'ana', anonymous: false })]).toEqual([
    'An anonymous user gave tea a rating of 4',
    'ana gave tea a rating of 4',
  ]);
});

test('who loses a package loses it on the branches of its listings', () => {
  const listing = (branchname: string) => ({ package: { name: 'tea' }, collection: { branchname } });
  const body = {
    agent: 'ana',
    username: 'bo',
    branches: ['f24'],
    package_listings: [listing('f40'), listing('f41')],
  };
  expect(say(onFedmsg('pkgdb.acl.user.remove', body))).toBe('ana removed bo from rpms/tea (f40, f41)');
});
