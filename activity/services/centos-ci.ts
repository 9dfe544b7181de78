// The CentOS CI pipelines that test packages and containers.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, rpm } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://ci.centos.org/static/ec6de755/images/headshot.png';
const site = 'http://ci.centos.org/';

/** By the pipeline's words in the topic; the longer stand first. */
const pipelines: [string, string][] = [
  ['ci.pipeline.allpackages-build', 'All Packages (Build) CI'],
  ['ci.pipeline.allpackages-pr', 'All Packages (PR) CI'],
  ['ci.pipeline.allpackages', 'All Packages CI'],
  ['ci.pipeline.container-pr', 'Container CI'],
  ['ci.pipeline', 'Atomic CI'],
  ['allpackages.pipeline', 'All Packages CI'],
  ['container.pipeline', 'Container CI'],
];

const end = 'in the {pipeline} pipeline on branch {branch}';

/** The step after the pipeline's words. */
const sentences: Record<string, string> = {
  'package.ignore':
    '{type} "{rev}" of package {what} is being ignored by the {pipeline} pipeline on branch {branch}',
  complete: '{type} "{rev}" of {kind} {what} {result} the {pipeline} pipeline on branch {branch}',
  'package.complete': `{type} {rev} of package {what} {result} building ${end}`,
  'package.queued': `{type} {rev} of package {what} is queued to be built ${end}`,
  'package.running': `{type} {rev} of package {what} is being built ${end}`,
  'package.test.functional.complete': `{type} {rev} of package {what} {result} its functional tests ${end}`,
  'package.test.functional.queued': `{type} {rev} of package {what} is queued for functional testing ${end}`,
  'package.test.functional.running': `{type} {rev} of package {what} is running its functional tests ${end}`,
  'container.test.functional.complete': `{type} {rev} of container {what} {result} its functional tests ${end}`,
  'container.test.functional.queued': `{type} {rev} of container {what} is queued for functional testing ${end}`,
  'container.test.functional.running': `{type} {rev} of container {what} is running its functional tests ${end}`,
  'compose.complete': `{type} {rev} of package {what} {result} a compose ${end}`,
  'compose.queued': `{type} {rev} of package {what} is queued for a compose ${end}`,
  'compose.running': `{type} {rev} of package {what} is being part of a compose ${end}`,
  'compose.test.integration.complete': `{type} {rev} of package {what} {result} its tests as part of a compose ${end}`,
  'compose.test.integration.queued': `{type} {rev} of package {what} is queued for tests as part of a compose ${end}`,
  'compose.test.integration.running': `{type} {rev} of package {what} is being tested as part of a compose ${end}`,
  'image.complete': `{type} {rev} of package {what} {result} being built in an image ${end}`,
  'image.queued': `{type} {rev} of package {what} is queued to be built in an image ${end}`,
  'image.running': `{type} {rev} of package {what} is being built in an image ${end}`,
  'image.test.smoke.complete': `{type} {rev} of package {what} {result} its tests in an image ${end}`,
  'image.test.smoke.queued': `{type} {rev} of package {what} is queued to be tested in an image ${end}`,
  'image.test.smoke.running': `{type} {rev} of package {what} is being tested in an image ${end}`,
};

const results: Record<string, string> = { success: 'passed', aborted: 'was aborted on', unstable: 'errored' };

/** What was tested: a Koji task, a pull request, a commit. */
function revisionOf(rev: string): { type: string; rev: string } {
  if (rev.startsWith('kojitask-')) return { type: 'Koji task', rev: rev.slice('kojitask-'.length) };
  if (rev.startsWith('PR-')) return { type: 'Pull request', rev: rev.slice('PR-'.length) };
  return { type: 'Commit', rev: rev.slice(0, 8) };
}

function describe(m: Subject): Said | undefined {
  const [words = '', pipeline = ''] = pipelines.find(([start]) => m.kind.startsWith(start)) ?? [];
  const step = m.kind.slice(words.length + 1);
  const template = Object.entries(sentences).find(([start]) => step.startsWith(start))?.[1];
  const namespace = m.firstText('namespace') ?? 'unknown_namespace';
  const repo = m.firstText('repo');
  const branch = m.firstText('branch') ?? 'unknown_branch';
  const status = (m.text('status') ?? '').toLowerCase();
  const user = m.firstText('username');
  const what = whole`${namespace}/${repo ?? 'unknown_repo'}`;
  const isPackage = namespace === 'rpms' && repo !== undefined;
  return {
    sentence: fill(template, {
      ...revisionOf(m.text('rev') ?? ''),
      what: isPackage ? rpm(repo, what) : what,
      kind: pipeline === 'Container CI' ? 'container' : 'package',
      result: results[status] ?? 'failed',
      pipeline,
      branch,
    }),
    link: m.text('build_url') ?? site,
    picture: user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    people: [user],
    objects: [
      [namespace, repo ?? 'unknown_pkg', m.firstText('rev') ?? 'unknown_rev', branch]
        .concat((m.kind.split('pipeline.')[1] ?? '').split('.'))
        .join('/'),
    ],
    touches: isPackage ? [`package:${repo}`, `project:${what}`] : repo ? [`project:${what}`] : [],
  };
}

export const centosCi: Service = { icon, fedmsg: describe };
