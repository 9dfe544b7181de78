// Our own rules, for what the reference leaves ungrouped: pushes and builds of packages, forges, threads, bugs.
import { avatarOf } from '../avatar.ts';
import type { Subject } from '../rule.ts';
import { fill, linked, person, rpm, seriesOf } from '../sentence.ts';
import { changedThings } from '../services/hubs.ts';
import { branchName, series } from '../words.ts';
import { type GroupingRule, keyOf } from './rule.ts';

const people = (names: string[]) => seriesOf([...new Set(names)].map(person));
const all = (subjects: Subject[], ...paths: string[]) => subjects.flatMap((m) => m.firstText(...paths) ?? []);
const newest = (subjects: Subject[]): Subject | undefined =>
  subjects.reduce<Subject | undefined>((best, m) => (best && best.time >= m.time ? best : m), undefined);
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

const committer = (m: Subject) => m.firstText('agent', 'commit.username');
const repository = (m: Subject) => {
  const repo = m.text('commit.repo');
  return repo && [m.firstText('commit.namespace'), repo].filter(Boolean).join('/');
};
const isPush = (m: Subject) => m.kind.startsWith('git.receive');

/** One push: each of its commits is a message. */
const push: GroupingRule = {
  keys: (m) => (isPush(m) ? keyOf(committer(m), repository(m), m.text('commit.branch')) : []),
  merge: ({ subjects, packages }) => {
    const first = newest(subjects);
    const agent = first && committer(first);
    const repo = first && repository(first);
    return {
      sentence: fill('{agent} pushed {commits} to {repo} ({branch})', {
        agent: person(agent),
        commits: plural(subjects.length, 'commit'),
        repo: packages.length === 1 ? rpm(packages[0], repo) : repo,
        branch: first?.text('commit.branch'),
      }),
      link:
        first?.text('commit.url') ??
        (repo && `https://src.fedoraproject.org/${repo}/commits/${first?.text('commit.branch')}`),
      picture: agent && avatarOf(agent),
    };
  },
};

/** One change to many packages: the same words by the same person. */
const massPush: GroupingRule = {
  keys: (m) => (isPush(m) ? keyOf(committer(m), m.text('commit.summary')) : []),
  merge: ({ subjects }) => {
    const first = newest(subjects);
    const agent = first && committer(first);
    return {
      sentence: fill('{agent} pushed to {repos}: "{summary}"', {
        agent: person(agent),
        repos: seriesOf([...new Set(all(subjects, 'commit.repo'))].flatMap((name) => rpm(name) ?? [])),
        summary: first?.text('commit.summary'),
      }),
      picture: agent && avatarOf(agent),
    };
  },
};

const buildStates = ['started building', 'completed', 'deleted', 'failed', 'cancelled'];
const nvrOf = (m: Subject) => {
  const words = ['name', 'version', 'release'].map((field) => m.text(field));
  return words.every(Boolean) ? words.join('-') : undefined;
};

/** The last word on each build: by time, and at one time by the state that comes later. */
function lastStates(subjects: Subject[]): Map<string, Subject> {
  const last = new Map<string, Subject>();
  const rank = (m: Subject) => m.time * 10 + (m.text('new') === '0' ? 0 : 1);
  for (const m of subjects) {
    const nvr = nvrOf(m) ?? '';
    const known = last.get(nvr);
    if (!known || rank(m) > rank(known)) last.set(nvr, m);
  }
  return last;
}

/** One build group: a person's builds, each with its last state. */
const builds: GroupingRule = {
  keys: (m) =>
    m.kind === 'buildsys.build.state.change' && nvrOf(m)
      ? keyOf(m.firstText('owner'), m.text('instance'))
      : [],
  merge: ({ subjects }) => {
    const last = lastStates(subjects);
    const latest = [...last.values()];
    const owner = subjects[0]?.text('owner');
    const states = latest.map((m) => buildStates[Number(m.text('new'))] ?? 'changed');
    const counts = [...new Set(states)].map(
      (state) => `${states.filter((one) => one === state).length} ${state}`,
    );
    const [only] = latest;
    const id = only?.text('build_id');
    return {
      sentence:
        latest.length === 1
          ? fill("{owner}'s {build} {state}", {
              owner: person(owner),
              build: rpm(only?.text('name'), only && nvrOf(only)),
              state: states[0],
            })
          : fill("{owner}'s builds of {packages}: {states}", {
              owner: person(owner),
              packages: seriesOf(latest.flatMap((m) => rpm(m.text('name')) ?? [])),
              states: counts.sort().join(', '),
            }),
      link:
        latest.length === 1
          ? (only?.text('url') ?? `https://koji.fedoraproject.org/koji/buildinfo?buildID=${id}`)
          : `https://koji.fedoraproject.org/koji/userinfo?userID=${owner}`,
      picture: owner && avatarOf(owner),
    };
  },
};

/** Builds tagged together. */
const tags: GroupingRule = {
  keys: (m) =>
    /^buildsys\.(un)?tag$/.test(m.kind) ? keyOf(m.kind, m.firstText('tag'), m.firstText('user')) : [],
  merge: ({ subjects }) => {
    const [first] = subjects;
    const user = first?.text('user');
    return {
      sentence: fill('{packages} {verb} {tag} by {user}', {
        packages: seriesOf([...new Set(all(subjects, 'name'))].flatMap((name) => rpm(name) ?? [])),
        verb: first?.kind === 'buildsys.untag' ? 'untagged from' : 'tagged into',
        tag: first?.text('tag'),
        user: person(user),
      }),
      picture: user && avatarOf(user),
    };
  },
};

/** Files of one build signed. */
const signatures: GroupingRule = {
  keys: (m) => (m.kind === 'buildsys.rpm.sign' ? keyOf(m.firstText('rpm.build_id', 'info.build_id')) : []),
  merge: ({ subjects, packages }) => ({
    sentence: fill('{files} of {packages} signed', {
      files: plural(subjects.length, 'file'),
      packages: seriesOf(packages.flatMap((name) => rpm(name) ?? [])),
    }),
  }),
};

const forges = ['github', 'forgejo', 'gitlab'];
const isForge = (m: Subject) => forges.includes(m.kind.split('.')[0] ?? '');
/** Webhooks stand in the body itself, or within a body of ours. */
const inForge = (...paths: string[]) => paths.flatMap((path) => [`body.${path}`, path]);
const forgeRepository = (m: Subject) => {
  const full = m.firstText(...inForge('repository.full_name', 'project.path_with_namespace'));
  const [owner, name] = [
    m.firstText(...inForge('repository.owner.login', 'repository.owner.name')),
    m.firstText(...inForge('repository.name')),
  ];
  return full ?? (owner && name ? `${owner}/${name}` : undefined);
};
const forgeNumber = (m: Subject) =>
  m.firstText(...inForge('pull_request.number', 'issue.number', 'number', 'object_attributes.iid'));
const forgeTitle = (m: Subject) =>
  m.firstText(...inForge('pull_request.title', 'issue.title', 'object_attributes.title'));
const forgeActor = (m: Subject) => {
  const agent =
    m.text('agent') ??
    m.firstText(...inForge('sender.login', 'pusher.login', 'pusher.name', 'user_username', 'user.username'));
  return (agent && m.text(`fas_usernames.${agent}`)) ?? agent;
};

/** One ticket or one request: everything said and done there. */
const forgeThread: GroupingRule = {
  keys: (m) => (isForge(m) ? keyOf(forgeRepository(m), forgeNumber(m)) : []),
  merge: ({ subjects }) => {
    const first = newest(subjects);
    const actor = first && forgeActor(first);
    const link = first?.firstText(
      ...inForge('pull_request.html_url', 'issue.html_url', 'object_attributes.url'),
    );
    return {
      sentence: fill('{people} worked on {repo}#{number}[: {title}]', {
        people: people(subjects.flatMap((m) => forgeActor(m) ?? [])),
        repo: first && forgeRepository(first),
        number: first && forgeNumber(first),
        title: linked(first && forgeTitle(first), link),
      }),
      link,
      picture: actor && avatarOf(actor),
    };
  },
};

const commitCount = (m: Subject) =>
  Number(
    m.firstText(...inForge('total_commits', 'total_commits_count')) ??
      (m.list('commits').length || m.list('body.commits').length),
  );

/** Pushes of one person to one repository. */
const forgePush: GroupingRule = {
  keys: (m) =>
    isForge(m) && m.firstText(...inForge('ref')) && m.kind.endsWith('push')
      ? keyOf(forgeRepository(m), forgeActor(m))
      : [],
  merge: ({ subjects }) => {
    const first = newest(subjects);
    const actor = first && forgeActor(first);
    return {
      sentence: fill('{agent} pushed {commits} to {repo} ({branches})', {
        agent: person(actor),
        commits: plural(
          subjects.reduce((sum, m) => sum + commitCount(m), 0),
          'commit',
        ),
        repo: first && forgeRepository(first),
        branches: series(all(subjects, ...inForge('ref')).map(branchName)),
      }),
      link: first?.firstText(...inForge('compare_url', 'compare', 'repository.html_url')),
      picture: actor && avatarOf(actor),
    };
  },
};

const posts = ['webhook_body.post', 'webhook_body.like.post', 'webhook_body.topic', 'webhook_body.solved'];
const topicOf = (m: Subject) =>
  m.firstText('webhook_body.topic.id', ...posts.map((path) => `${path}.topic_id`));

/** One discussion. */
const discussion: GroupingRule = {
  keys: (m) => (m.kind.startsWith('discourse.') ? keyOf(topicOf(m)) : []),
  merge: ({ subjects, people: named }) => {
    const first = newest(subjects);
    const authors = all(
      subjects,
      'webhook_body.post.username',
      'webhook_body.like.user.username',
      'webhook_body.topic.created_by.username',
    );
    const instance = first?.text('webhook_headers.X-Discourse-Instance');
    const topic = first && topicOf(first);
    const [author] = authors;
    return {
      sentence: fill("{people} took part in '{title}'", {
        people: people(authors.length > 0 ? authors : named),
        title: first?.firstText('webhook_body.topic.title', ...posts.map((path) => `${path}.topic_title`)),
      }),
      link: instance && topic && `${instance}/t/${topic}`,
      picture: author && avatarOf(author),
    };
  },
};

/** One bug. */
const bug: GroupingRule = {
  keys: (m) => (m.kind.startsWith('bugzilla.') ? keyOf(m.text('bug.id')) : []),
  merge: ({ subjects }) => {
    const first = newest(subjects);
    return {
      sentence: fill("RHBZ#{id} '{title}' changed {count} times", {
        id: first?.text('bug.id'),
        title: first?.text('bug.summary'),
        count: subjects.length,
      }),
      link: `https://bugzilla.redhat.com/show_bug.cgi?id=${first?.text('bug.id')}`,
    };
  },
};

/** What somebody changes on one hub. */
const hubChanges: GroupingRule = {
  keys: (m) =>
    m.kind === 'hubs.hub.updated'
      ? keyOf(m.text('agent'), m.firstText('hub_type') ?? 'team', m.firstText('hub_name'))
      : [],
  merge: ({ subjects }) => {
    const first = newest(subjects);
    const [agent, name] = [first?.text('agent'), first?.firstText('hub_name')];
    return {
      sentence: fill('{agent} changed {things} of the hub {hub}', {
        agent: person(agent),
        things: changedThings(subjects),
        hub: name && (first?.text('hub_type') === 'user' ? person(name) : { type: 'hub', text: name, name }),
      }),
      link: first?.firstText('hub_url'),
      picture: agent && avatarOf(agent),
    };
  },
};

export const ourRules: GroupingRule[] = [
  push,
  massPush,
  builds,
  tags,
  signatures,
  forgeThread,
  forgePush,
  discussion,
  bug,
  hubChanges,
];
