// The reference's rules, in its order; the earlier, narrower ones win.
import { avatarOfAddress, avatarOrMachine } from '../avatar.ts';
import type { Subject } from '../rule.ts';
import { fill, person, rpm, seriesOf } from '../sentence.ts';
import { branchName, byCodePoint, packageOf, series } from '../words.ts';
import { type GroupingRule, keyOf, type Merged, type Together } from './rule.ts';

const updates = 'https://bodhi.fedoraproject.org';

const all = (subjects: Subject[], path: string): string[] => subjects.flatMap((m) => m.text(path) ?? []);
const people = (names: string[]) => seriesOf(names.map(person));
const packages = (names: string[]) => seriesOf(names.flatMap((name) => rpm(name) ?? []));

const isRequest = (m: Subject) => /bodhi\.update\.request\.(testing|stable)/.test(m.topic);
const updatedPackage = (m: Subject) => {
  const title = m.text('update.title');
  return title === undefined ? undefined : packageOf(title.split(/[ ,]/)[0] ?? '');
};
const releases = ({ subjects }: Together) => series(all(subjects, 'update.release.name'));

/** One person's updates of one package. */
const requestsOf = (kind: 'testing' | 'stable', template: string): GroupingRule => ({
  keys: (m) =>
    m.topic.includes(`bodhi.update.request.${kind}`) ? keyOf(m.text('agent'), updatedPackage(m)) : [],
  merge: (together) => {
    const [first] = together.subjects;
    const agent = first?.text('agent');
    const name = first && updatedPackage(first);
    return {
      sentence: fill(template, {
        agent: person(agent),
        count: together.subjects.length,
        package: rpm(name),
        releases: releases(together),
      }),
      link: `${updates}/updates/${name}`,
      picture: agent && avatarOrMachine(agent),
    };
  },
});

const requestsByPackage: GroupingRule = {
  keys: (m) => (isRequest(m) ? keyOf(updatedPackage(m)) : []),
  merge: (together) => {
    const [first] = together.subjects;
    const name = first && updatedPackage(first);
    return {
      sentence: fill('{agents} submitted {count} {package} updates for {releases}', {
        agents: people(together.people),
        count: together.subjects.length,
        package: rpm(name),
        releases: releases(together),
      }),
      link: `${updates}/updates/${name}`,
    };
  },
};

const requestsByPerson: GroupingRule = {
  keys: (m) => (isRequest(m) ? keyOf(m.text('agent')) : []),
  merge: (together) => {
    const agent = together.subjects[0]?.text('agent');
    return {
      sentence: fill('{agent} submitted {packages} updates for {releases}', {
        agent: person(agent),
        packages: packages(together.packages),
        releases: releases(together),
      }),
      link: `${updates}/users/${agent}`,
      picture: agent && avatarOrMachine(agent),
    };
  },
};

const isComment = (m: Subject) => m.topic.includes('bodhi.update.comment');
const commented = (m: Subject) =>
  m.firstText('comment.update_title', 'comment.update.title', 'comment.update.alias');

const commentsByUpdate: GroupingRule = {
  keys: (m) => (isComment(m) ? keyOf(commented(m)) : []),
  merge: ({ subjects, people: names }) => {
    const update = subjects[0] && commented(subjects[0]);
    return {
      sentence: fill('{agents} commented on {update}', { agents: people(names), update }),
      link: `${updates}/updates/${update}`,
    };
  },
};

const commentsByPerson: GroupingRule = {
  keys: (m) => (isComment(m) ? keyOf(m.text('agent')) : []),
  merge: ({ subjects }) => {
    const agent = subjects[0]?.text('agent');
    return {
      sentence: fill('{agent} commented on {updates}', {
        agent: person(agent),
        updates: series(subjects.flatMap((m) => commented(m) ?? [])),
      }),
      link: `${updates}/users/${agent}`,
      picture: agent && avatarOrMachine(agent),
    };
  },
};

/** Buildroot overrides that one person submitted or let expire. */
const overrides = (kind: 'tag' | 'untag', verb: string): GroupingRule => ({
  keys: (m) =>
    m.topic.includes(`bodhi.buildroot_override.${kind}`) ? keyOf(m.text('override.submitter.name')) : [],
  merge: ({ subjects, packages: names }) => {
    const agent = subjects[0]?.text('override.submitter.name');
    return {
      sentence: fill(`{agent} ${verb} {count} overrides for {packages} on {branches}`, {
        agent: person(agent),
        count: subjects.length,
        packages: packages(names),
        branches: series(all(subjects, 'override.nvr').map((nvr) => nvr.split('.').at(-1) ?? nvr)),
      }),
      link: `${updates}/overrides/?user=${agent}`,
      picture: agent && avatarOrMachine(agent),
    };
  },
});

const labels = (kind: 'update' | 'create', template: string): GroupingRule => ({
  keys: (m) => (m.topic.includes(`fedoratagger.tag.${kind}`) ? keyOf(m.text('user.username')) : []),
  merge: ({ subjects }) => {
    const user = subjects[0]?.text('user.username');
    return {
      sentence: fill(template, {
        user: person(user),
        tags: series(all(subjects, 'vote.tag.tag')),
        packages: packages(all(subjects, 'vote.tag.package')),
      }),
      // The reference's own slip, which its expectations keep.
      link: 'http://infrastructure.fedoraproject.org/infra/ansible.git/',
      picture: user && avatarOrMachine(user),
    };
  },
});

/** The first of the messages that says it: shapes of all years name it otherwise. */
const firstSaid = (subjects: Subject[], ...paths: string[]) =>
  subjects.map((m) => m.firstText(...paths)).find((text) => text !== undefined);

const meeting: GroupingRule = {
  keys: (m) => (m.topic.includes('.meetbot.') ? keyOf(m.text('url')) : []),
  merge: ({ subjects }) => {
    const owner = firstSaid(subjects, 'owner', 'end_user', 'start_user');
    const attendees = subjects.flatMap((m) => [
      ...Object.keys(m.record('attendees')),
      ...m.texts('attendees', 'name'),
    ]);
    return {
      sentence: fill('{people} participated in {title} in {channel}', {
        people: people(attendees),
        title: firstSaid(subjects, 'meeting_topic', 'meeting_name') ?? 'a meeting',
        channel: firstSaid(subjects, 'channel', 'location'),
      }),
      link: subjects[0]?.text('url'),
      picture: owner && avatarOrMachine(owner),
    };
  },
};

/** Permissions in the package database, by what they have in common. */
const permissions = (path: string, mergeMore: (value: string) => Partial<Merged>): GroupingRule => ({
  keys: (m) => (m.topic.includes('pkgdb.acl.update') ? keyOf(m.text(path)) : []),
  merge: ({ subjects }) => ({
    sentence: fill('{agents} changed {users} {acls} permissions on {packages} ({branches}) to {statuses}.', {
      agents: people(all(subjects, 'agent')),
      users: series(all(subjects, 'username').map((name) => `${name}'s`)),
      acls: series(all(subjects, 'acl')),
      packages: packages(all(subjects, 'package_name')),
      branches: series(all(subjects, 'package_listing.collection.branchname')),
      statuses: series(all(subjects, 'status')),
    }),
    ...mergeMore(subjects[0]?.text(path) ?? ''),
  }),
});
const ofPackager = (name: string): Partial<Merged> => ({
  link: `https://admin.fedoraproject.org/pkgdb/packager/${name}/`,
  picture: avatarOrMachine(name),
});
const ofPackage = (name: string): Partial<Merged> => ({
  link: `https://admin.fedoraproject.org/pkgdb/package/${name}/`,
});

/** The ids that a mail answers, and its own. */
function mailIds(m: Subject): string[] {
  const answered = (m.firstText('msg.references') ?? '').split('\n').map((id) => id.trim());
  return [...answered, m.text('msg.message-id') ?? ''].filter(Boolean);
}

const angled = (text: string) => text.split('<').at(-1)?.split('>')[0] ?? text;

/** The subject after its last "Re: ". */
function threadTitle(subject: string): string {
  const start = subject.toLowerCase().lastIndexOf('re: ');
  return start < 0 ? subject : subject.slice(start + 'Re: '.length);
}

const firstOf = (names: string[]): string | undefined => [...new Set(names)].sort(byCodePoint)[0];

const thread: GroupingRule = {
  keys: (m) => (m.topic.includes('.mailman.receive') ? mailIds(m) : []),
  merge: ({ subjects }) => {
    const senders = all(subjects, 'msg.from');
    const lists = [...new Set(all(subjects, 'mlist.list_name'))];
    const firstSender = firstOf(senders);
    const archived = firstOf(all(subjects, 'msg.archived-at'));
    return {
      sentence: fill(
        `{people} wrote {count} replies to the "{title}" thread on the {lists} ${lists.length === 1 ? 'list' : 'lists'}`,
        {
          people: series(senders.map(angled)),
          count: subjects.length,
          title: firstOf(all(subjects, 'msg.subject').map(threadTitle)),
          lists: series(lists),
        },
      ),
      link: archived && angled(archived),
      picture: firstSender && avatarOfAddress(angled(firstSender), 'md5'),
    };
  },
};

const playbooks: GroupingRule = {
  keys: (m) => (m.topic.includes('ansible.playbook') ? keyOf(m.text('userid')) : []),
  merge: ({ subjects, reader }) => {
    const agent = subjects[0]?.text('userid');
    const names = all(subjects, 'playbook').map((path) => path.split('/').at(-1) ?? path);
    const count = subjects.filter((m) => m.topic.endsWith('start')).length || subjects.length;
    const template = `{agent} ran the {playbooks} ${new Set(names).size > 1 ? 'playbooks' : 'playbook'} {count} ${count > 1 ? 'times' : 'time'}`;
    const values = { playbooks: series(names), count };
    return {
      sentence: fill(template, { ...values, agent: person(agent) }),
      subjective: fill(template, { ...values, agent: agent === reader ? 'You' : person(agent) }),
      link: 'http://infrastructure.fedoraproject.org/infra/ansible.git/',
      picture: agent && avatarOrMachine(agent),
    };
  },
};

const coprs = (key: 'copr' | 'user'): GroupingRule => ({
  keys: (m) => (m.topic.includes('.copr.') ? keyOf(m.firstText(key)) : []),
  merge: ({ subjects }) => {
    const [first] = subjects;
    const users = all(subjects, 'user').filter(Boolean);
    const names = all(subjects, 'copr');
    const starts = subjects.filter((m) => m.topic.endsWith('copr.build.start')).length;
    const count = starts || subjects.length;
    const values = {
      agents: people(users),
      coprs: series(names),
      count,
      rebuilds: count > 1 ? 'rebuilds' : 'rebuild',
      kind: new Set(names).size > 1 ? 'coprs' : 'copr',
    };
    const isOnes = key === 'user' || new Set(users).size === 1;
    const user = first?.text('user');
    const owner = first?.firstText('owner', 'user');
    return {
      sentence:
        starts > 0
          ? fill('{agents} kicked off {count} {rebuilds} of the {coprs} {kind}', values)
          : fill('The {coprs} {kind} finished {count} {rebuilds} by {agents}', values),
      link: `https://copr.fedoraproject.org/coprs/${key === 'copr' ? `${owner}/${first?.text('copr')}/` : user}`,
      picture: isOnes && user ? avatarOrMachine(user) : 'https://apps.fedoraproject.org/img/icons/copr.png',
    };
  },
});

const pagureThing = (name: 'pull-request' | 'issue', paths: string[], projects: string[]): GroupingRule => {
  const idOf = (m: Subject) => m.firstText(...paths.map((path) => `${path}.id`));
  const projectOf = (m: Subject) => m.firstText(...projects.map((path) => `${path}.name`));
  const wholeNameOf = (m: Subject) =>
    m.firstText(...projects.map((path) => `${path}.fullname`)) ?? projectOf(m);
  return {
    // The reference compares names alone: docs/tracker#1 and design/tracker#1 would be one thread.
    keys: (m) => (m.topic.includes(`pagure.${name}.`) ? keyOf(idOf(m), wholeNameOf(m)) : []),
    merge: ({ subjects }) => {
      const [first] = subjects;
      const [id, project] = [first && idOf(first), first && projectOf(first)];
      const agent = first?.text('agent');
      return {
        sentence: fill(`{agents} interacted with ${name} #{id} of project "{project}" {count} times`, {
          agents: people(all(subjects, 'agent')),
          id,
          project,
          count: subjects.length,
        }),
        link: `https://pagure.io/${project}/${name}/${id}`,
        picture: agent && avatarOrMachine(agent),
      };
    },
  };
};

const isPaguredPush = (m: Subject) => m.topic.includes('.pagure.git.receive');

const pushes: GroupingRule = {
  keys: (m) => (isPaguredPush(m) && m.at('commit') === undefined ? keyOf(m.text('repo.name')) : []),
  merge: ({ subjects }) => {
    const [first] = subjects;
    const repo = first?.text('repo.name');
    const agent = first?.text('agent');
    return {
      sentence: fill('{agents} pushed {count} commits to {repo} ({branches})', {
        agents: people(all(subjects, 'agent')),
        count: subjects.reduce((sum, m) => sum + Number(m.text('total_commits') ?? 0), 0),
        repo,
        branches: series(all(subjects, 'branch').map(branchName)),
      }),
      link: `https://pagure.io/${repo}/commits`,
      picture: agent && avatarOrMachine(agent),
    };
  },
};

const commits: GroupingRule = {
  keys: (m) => (isPaguredPush(m) ? keyOf(m.text('commit.path')) : []),
  merge: ({ subjects }) => {
    const repo = subjects[0]?.text('commit.repo.name');
    const agents = subjects.flatMap((m) => {
      const email = m.text('commit.email');
      return email === undefined ? [] : [m.personOf(email)];
    });
    return {
      sentence: fill('{agents} pushed {count} commits to the {repo} project', {
        agents: people(agents),
        count: subjects.length,
        repo,
      }),
      link: `https://pagure.io/${repo}/commits`,
      // The reference takes the first letter for the name, and its expectations keep that.
      picture: avatarOrMachine(series(agents).charAt(0)),
    };
  },
};

export const referenceRules: GroupingRule[] = [
  requestsOf('testing', '{agent} submitted {count} {package} testing updates for {releases}'),
  requestsOf('stable', '{agent} requested {count} {package} stable updates for {releases}'),
  requestsByPackage,
  requestsByPerson,
  commentsByUpdate,
  commentsByPerson,
  overrides('tag', 'submitted'),
  overrides('untag', 'expired'),
  labels('update', '{user} voted on the tags: {tags} to the packages: {packages}'),
  labels('create', '{user} created new tags: {tags} on the packages: {packages}'),
  meeting,
  permissions('username', ofPackager),
  permissions('package_name', ofPackage),
  permissions('agent', ofPackager),
  thread,
  playbooks,
  coprs('copr'),
  coprs('user'),
  pagureThing(
    'pull-request',
    ['pullrequest', 'pull_request'],
    ['pullrequest.project', 'pull_request.project'],
  ),
  pagureThing('issue', ['issue'], ['project']),
  pushes,
  commits,
];
