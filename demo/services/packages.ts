// The way of a package: sources, builds, updates, bugs, new versions.
import { type Happening, say } from '../happening.ts';
import type { Person } from '../person.ts';
import { places } from '../places.ts';

export interface Build {
  id: number;
  name: string;
  version: string;
  release: string;
  owner: Person;
  task: number;
}

const nvrOf = (build: Build): string => `${build.name}-${build.version}-${build.release}`;

export const distGitPush = (name: string, agent: Person, summary: string, rev: string, at: Date): Happening =>
  say('git.receive', {
    agent: agent.username,
    commit: {
      name: agent.name,
      email: agent.email,
      username: agent.username,
      summary,
      message: `${summary}\n`,
      rev,
      repo: name,
      namespace: 'rpms',
      branch: 'rawhide',
      path: `/srv/git/repositories/rpms/${name}.git`,
      date: at.toISOString(),
      stats: {
        files: { [`${name}.spec`]: { additions: 6, deletions: 3, lines: 9 } },
        total: { additions: 6, deletions: 3, lines: 9, files: 1 },
      },
      patch: `diff --git a/${name}.spec b/${name}.spec\n`,
      url: `${places.distGit}/rpms/${name}/c/${rev}?branch=rawhide`,
    },
  });

/** Koji's states: 0 building, 1 complete, 3 failed. */
export const kojiBuild = (build: Build, state: 0 | 1 | 3, at: Date): Happening =>
  say('buildsys.build.state.change', {
    build_id: build.id,
    name: build.name,
    version: build.version,
    release: build.release,
    epoch: null,
    owner: build.owner.username,
    attribute: 'state',
    old: state === 0 ? null : 0,
    new: state,
    instance: 'primary',
    task_id: build.task,
    request: [`git+${places.distGit}/rpms/${build.name}.git#rawhide`, 'rawhide'],
    creation_time: at.toISOString(),
    completion_time: state === 0 ? null : at.toISOString(),
    url: `${places.builds}/buildinfo?buildID=${build.id}`,
  });

export const kojiTag = (build: Build, tag: string, user: string): Happening =>
  say('buildsys.tag', {
    build_id: build.id,
    name: build.name,
    version: build.version,
    release: build.release,
    owner: build.owner.username,
    instance: 'primary',
    tag,
    tag_id: 7_100,
    user,
  });

const COLLECTION = 'f44';

export const koscheiState = (name: string, from: string, to: string, groups: string[]): Happening =>
  say('koschei.package.state.change', {
    name,
    old: from,
    new: to,
    collection: COLLECTION,
    collection_name: 'Meadow 44',
    groups,
    repo: COLLECTION,
    koji_instance: 'primary',
  });

export interface Update {
  alias: string;
  build: Build;
  by: Person;
  notes: string;
  status: 'pending' | 'testing' | 'stable';
  request: 'testing' | 'stable' | null;
  karma: number;
  at: Date;
}

/** Bodhi writes times without a zone, in UTC. */
const bodhiTime = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ');

const update = (one: Update) => ({
  alias: one.alias,
  title: nvrOf(one.build),
  display_name: '',
  builds: [{ nvr: nvrOf(one.build), epoch: 0, signed: true, type: 'rpm', release_id: 44 }],
  release: { name: 'F44', long_name: 'Meadow 44', version: '44', branch: COLLECTION, dist_tag: COLLECTION },
  status: one.status,
  request: one.request,
  type: 'enhancement',
  severity: 'unspecified',
  karma: one.karma,
  stable_karma: 3,
  unstable_karma: -3,
  autokarma: true,
  critpath: false,
  bugs: [],
  comments: [],
  notes: one.notes,
  date_submitted: bodhiTime(one.at),
  url: `${places.bodhi}/updates/${one.alias}`,
  user: { name: one.by.username, email: one.by.email, id: 44, groups: [{ name: 'packager' }], avatar: null },
});

export const bodhiUpdate = (
  event:
    | 'request.testing'
    | 'complete.testing'
    | 'requirements_met.stable'
    | 'request.stable'
    | 'complete.stable',
  one: Update,
  agent: string,
): Happening =>
  say(`bodhi.update.${event}`, {
    update: update(one),
    ...(event !== 'requirements_met.stable' && { agent }),
  });

export const bodhiComment = (one: Update, by: Person, text: string, karma: number, at: Date): Happening =>
  say('bodhi.update.comment', {
    agent: by.username,
    comment: {
      id: 700_000 + (Math.floor(at.getTime() / 1_000) % 100_000),
      author: by.username,
      user: { name: by.username, email: by.email, id: 45, groups: [], avatar: null },
      text,
      karma,
      karma_critpath: 0,
      timestamp: bodhiTime(at),
      update: update(one),
      update_alias: one.alias,
      update_title: nvrOf(one.build),
      bug_feedback: [],
      testcase_feedback: [],
      anonymous: false,
    },
  });

export interface Bug {
  id: number;
  component: string;
  summary: string;
  by: Person;
  assignee: Person;
  status: 'NEW' | 'ASSIGNED' | 'MODIFIED' | 'CLOSED';
  at: Date;
}

const account = (person: Person) => ({
  login: person.email,
  real_name: person.name,
  id: 300_000 + person.username.length,
});

/** @param changes none: the bug was filed */
export const bugzillaBug = (
  bug: Bug,
  by: Person,
  at: Date,
  changes?: { field: string; removed: string; added: string }[],
): Happening =>
  say(changes ? 'bugzilla.bug.update' : 'bugzilla.bug.new', {
    agent_name: by.username,
    usernames: [...new Set([by.username, bug.by.username, bug.assignee.username])],
    bug: {
      id: bug.id,
      summary: bug.summary,
      classification: 'Meadow',
      product: { id: 49, name: 'Meadow' },
      component: { id: bug.component.length * 71, name: bug.component },
      version: { id: 44, name: '44' },
      status: { id: 1, name: bug.status },
      resolution: bug.status === 'CLOSED' ? 'ERRATA' : '',
      is_private: false,
      reporter: account(bug.by),
      assigned_to: account(bug.assignee),
      priority: 'unspecified',
      severity: 'unspecified',
      platform: 'Unspecified',
      keywords: [],
      alias: [],
      flags: [],
      url: '',
      creation_time: Math.floor(bug.at.getTime() / 1_000),
      last_change_time: Math.floor(at.getTime() / 1_000),
    },
    event: {
      target: 'bug',
      action: changes ? 'modify' : 'create',
      routing_key: changes ? 'bug.modify' : 'bug.create',
      bug_id: bug.id,
      user: account(by),
      time: Math.floor(at.getTime() / 1_000),
      ...(changes && { changes }),
    },
  });

export const coprBuild = (build: Build, project: string, end: boolean, succeeded = true): Happening => {
  const words = [
    `build ${end ? 'end' : 'start'}: user:${build.owner.username}`,
    `copr:${project}`,
    `pkg:${build.name}`,
    `build:${build.id}`,
  ];
  return say(`copr.build.${end ? 'end' : 'start'}`, {
    build: build.id,
    chroot: 'fedora-rawhide-x86_64',
    copr: project,
    ip: '192.0.2.17',
    owner: build.owner.username,
    pid: 3_762,
    pkg: build.name,
    status: end ? Number(succeeded) : 3,
    user: build.owner.username,
    version: `${build.version}-${build.release}`,
    what: words.join(' '),
    who: 'backend.worker-23551-PC',
  });
};

function anityaProject(name: string, version: string, at: Date) {
  return {
    id: name.length * 211,
    name,
    version,
    versions: [version],
    backend: 'GitHub',
    regex: null,
    version_url: null,
    homepage: `https://${name}.example`,
    created_on: Math.floor(at.getTime() / 1_000) - 90_000_000,
    updated_on: Math.floor(at.getTime() / 1_000),
  };
}

export const anityaVersion = (name: string, from: string, to: string, at: Date): Happening => ({
  topic: 'org.release-monitoring.dev.anitya.project.version.update',
  body: {
    project: anityaProject(name, to, at),
    distro: null,
    message: {
      agent: 'anitya',
      project: anityaProject(name, to, at),
      old_version: from,
      upstream_version: to,
      versions: [to],
      packages: [{ package_name: name, distro: 'Fedora' }],
    },
  },
});

/** The robot that files a bug when anitya saw a new version. */
export const hotnessFiled = (trigger: Happening, bug: Bug): Happening =>
  say('hotness.update.bug.file', {
    bug: { bug_id: bug.id },
    trigger: { topic: trigger.topic, msg: trigger.body },
  });
