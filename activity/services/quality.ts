// Services that test: Taskotron, ResultsDB's gates, openQA, kernel tests, autocloud, re-runs, Jenkins, waivers.
import { avatarOf, avatarOrMachine, packageIcon } from '../avatar.ts';
import { text } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm } from '../sentence.ts';
import { packageOf } from '../words.ts';
import { projectAt } from './pagure-project.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

export const taskotron: Service = {
  icon: `${icons}/taskotron.png`,
  fedmsg: (m) => {
    const item = m.text('task.item');
    const packages = item && m.text('task.type') === 'koji_build' ? [packageOf(item)] : [];
    const [first] = packages;
    return {
      sentence: fill('{task} {outcome} for {item}', {
        task: m.text('task.name') ?? '',
        outcome: m.text('result.outcome') ?? '',
        item: rpm(first, item),
      }),
      link: m.text('result.log_url'),
      picture: first ? packageIcon(first) : `${icons}/taskotron.png`,
      agent: null,
      packages,
      objects: packages.map(
        (name) => `${m.text('task.name') ?? ''}/${name}/${m.text('result.outcome') ?? ''}`,
      ),
    };
  },
};

export const greenwave: Service = {
  icon: `${icons}/greenwave.png`,
  fedmsg: (m) => {
    // The field was misspelt for a while.
    const satisfied = m.at('policies_satisfied') ?? m.at('policies_satisified');
    const subject = m.list('subject');
    const items = subject.flatMap((one) => text(one, 'item') ?? []);
    const builds = subject
      .filter((one) => text(one, 'type') === 'koji_build')
      .flatMap((one) => text(one, 'item') ?? []);
    const packages = builds.map(packageOf).sort();
    const item = m.firstText('subject_identifier') ?? items[0];
    const [first] = packages;
    return {
      sentence: fill('greenwave {decision} on {item} for "{context}" ({version})', {
        decision: satisfied ? 'is a GO' : 'says NO-GO',
        item: item === undefined ? '"something"' : builds.includes(item) ? rpm(packageOf(item), item) : item,
        context: m.text('decision_context'),
        version: m.text('product_version'),
      }),
      link: resultsLink(m),
      picture: first ? packageIcon(first) : null,
      agent: null,
      packages,
    };
  },
};

function resultsLink(m: Subject): string | null {
  const first = m.record('subject.0');
  const query = Object.entries(first)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (query.length === 0) return null;
  return `https://taskotron.fedoraproject.org/resultsdb/results?${new URLSearchParams(query)}`;
}

export const waiverdb: Service = {
  icon: `${icons}/waiverdb.png`,
  schemaIcon: 'https://github.com/release-engineering/waiverdb/logo.png',
  fedmsg: (m) => describeWaiver(m, true),
  schema: (m) => describeWaiver(m, false),
};

function describeWaiver(m: Subject, isOld: boolean): Said {
  if (m.at('body.waived') !== undefined) return describeWrapped(m);
  const user = m.text('username');
  const id = m.text('id');
  const result = m.text('result_id');
  const item = m.firstText('subject_identifier', 'subject.item');
  return {
    sentence:
      result && isOld
        ? fill('{user} waived result {result} ({version})[: "{comment}"]', {
            user: person(user),
            result,
            version: m.text('product_version'),
            comment: m.text('comment'),
          })
        : fill('{user} waived {testcase}[ for {item}][ ({version})][: "{comment}"]', {
            user: person(user),
            testcase: m.text('testcase'),
            item,
            version: m.text('product_version'),
            comment: m.text('comment'),
          }),
    link:
      isOld && id ? `https://waiverdb-web-waiverdb.app.os.fedoraproject.org/api/v1.0/waivers/${id}` : null,
    picture: user ? avatarOf(user) : null,
    agent: user ?? null,
  };
}

/** A class whose body holds the whole message once more. */
function describeWrapped(m: Subject): Said {
  const user = m.text('body.username');
  const what = m.at('body.waived') === true ? 'waived' : 'un-waived';
  return {
    sentence: fill(`{user} created a ${what} message "{id}"`, { user: person(user), id: m.text('id') }),
    agent: user ?? null,
    people: [],
    body: m.text('body.comment'),
  };
}

export const kerneltest: Service = {
  icon: `${icons}/tux.png`,
  schemaIcon: `${icons}/kerneltest.png`,
  fedmsg: (m) => {
    const version = m.text('test.kernel_version');
    const user = m.text('agent');
    const template = version
      ? '{user} ran a test of {version} ({result})'
      : m.kind.endsWith('release.edit')
        ? '{user} edited the {release}-{support} release for kerneltest'
        : '{user} added a new release for kerneltest: {release} {support}';
    return {
      sentence: fill(template, { ...kernelValues(m), result: m.text('test.result') }),
      link: `https://apps.fedoraproject.org/kerneltest/${version ? `kernel/${version}` : 'stats'}`,
      picture: user ? avatarOrMachine(user) : null,
      agent: user ?? null,
      packages: ['kernel'],
      objects: [
        version
          ? `kernel/${version}`
          : `release/${m.text('release.releasenum')}/${m.text('release.support')}`,
      ],
    };
  },
  schema: (m) => {
    const user = m.text('agent');
    const template = {
      'kerneltest.upload.new': '{user} uploaded new kernel test results for {version}',
      'kerneltest.release.new': '{user} created a new release {release} with status {support}',
      'kerneltest.release.edit': '{user} edited release {release} with status {support}',
    }[m.kind];
    return {
      sentence: fill(template, kernelValues(m)),
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      people: [],
      touches: ['package:kernel'],
    };
  },
};

const kernelValues = (m: Subject) => ({
  user: person(m.text('agent')),
  version: m.text('test.kernel_version'),
  release: m.text('release.releasenum'),
  support: m.text('release.support'),
});

const imageSentences: Record<string, string> = {
  queued: '{image} is queued for testing',
  running: 'The tests for the {image} have started running',
  aborted: 'The tests for the {image} have been aborted',
  failed: 'The tests for the {image} failed',
  success: 'The tests for {image} were a success',
};
const composeSentences: Record<string, string> = {
  queued: '{compose} is queued for testing',
  running: '{compose} tests have started running',
  completed: '{compose} tests have completed',
};

export const autocloud: Service = {
  icon: `${icons}/fedimg.png`,
  fedmsg: (m) => {
    const isCompose = m.kind.startsWith('autocloud.compose');
    const status = m.text('status') ?? '';
    const template = (isCompose ? composeSentences : imageSentences)[status];
    const release = m.firstText('release');
    const name = m.text('image_name') && `${m.text('image_name')}${release ? ` (${release})` : ''}`;
    const compose = m.text('compose_id');
    const job = m.firstText('job_id');
    const composeJob = m.text('compose_job_id');
    const site = 'https://apps.fedoraproject.org/autocloud/';
    return {
      sentence: fill(template, {
        image: name && (compose && !isCompose ? `${name}(${compose})` : name),
        compose: m.firstText('id', 'compose_id') ?? 'A compose',
      }),
      link: isCompose
        ? composeJob
          ? `${site}jobs/${composeJob}`
          : site
        : job
          ? `${site}jobs/${job}/output`
          : m.text('image_url'),
      picture: `${icons}/fedimg.png`,
      agent: null,
      objects: [`autocloud/${isCompose ? 'compose' : 'image'}/${status}`],
    };
  },
};

const tests: [string, string, string][] = [
  ['rats.test.taskotron', "taskotron's {test}", 'taskotron'],
  ['rats.test.atomic-ci', 'atomic-ci', 'AtomicCI'],
];

export const rats: Service = {
  icon: 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png',
  fedmsg: (m) => {
    const user = m.text('agent');
    const picture = user ? avatarOrMachine(user) : null;
    if (m.kind.startsWith('rats.test.simple-koji-ci')) {
      const project =
        projectAt(m, 'pull_request')?.fullname ?? projectAt(m, 'pull_request.project')?.fullname;
      const id = m.text('pull_request.id');
      const host = m.isStaging ? 'https://src.stg.fedoraproject.org' : 'https://src.fedoraproject.org';
      const linked = projectAt(m, 'pull_request.project')?.fullname ?? project;
      return {
        sentence: fill('{user} requested a run of simple-koji-ci on "{project}/pull-request/{id}"', {
          user: person(user),
          project,
          id,
        }),
        link: linked ? `${host}/${linked}/pull-request/${id}` : null,
        picture,
        agent: user ?? null,
        objects: [`simple-koji-ci/${project}/pull-request/${id}`],
        touches: linked ? [`project:${linked}`] : [],
      };
    }
    const [, what, folder] = tests.find(([start]) => m.kind.startsWith(start)) ?? [];
    const target = m.firstText('identifier');
    const result = m.text('result_id');
    const tool = target ? what : what?.split("'")[0];
    const path = folder === 'taskotron' ? `taskotron/${m.text('test')}` : folder;
    return {
      sentence:
        (tool &&
          fill(
            target
              ? `{user} requested a run of ${tool} on "{target}"`
              : `{user} requested a run of ${tool} on resultsdb's result id: "{result}"`,
            { user: person(user), test: m.text('test'), target, result },
          )) ||
        undefined,
      picture,
      agent: user ?? null,
      objects: [target ? `${path}/${target}` : `${folder}/resultsdb/${result}`],
    };
  },
};

const buildWords: Record<string, string> = {
  failed: 'failed to build',
  passed: 'built successfully',
  unstable: 'built with warnings',
  notbuilt: 'did not build',
  aborted: 'build aborted',
  start: 'started building',
  unknown: 'entered an unknown state',
};

export const jenkins: Service = {
  icon: 'https://wiki.jenkins-ci.org/download/attachments/2916393/logo.png?version=1',
  fedmsg: (m) => {
    const project = m.text('project');
    const build = m.text('build');
    return {
      sentence: fill("Jenkins project '{project}' {what}", { project, what: buildWords[m.action] }),
      link: project && build ? `http://jenkins.cloud.fedoraproject.org/job/${project}/${build}/` : null,
      agent: null,
      objects: [`jenkins/${project}/${m.kind.split('.').slice(-2).join('.')}`],
    };
  },
};
