// Pushes to package repositories (dist-git before Pagure), branches, uploaded sources.
import { avatarOf, avatarOfAddress, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm } from '../sentence.ts';
import { commitSummary, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/git-logo.png';
const site = 'https://src.fedoraproject.org';
const packageNamespaces = ['rpms', 'rpms-checks'];

const runs: [string, string][] = [
  ['mass_branch.start', '{agent} started a mass branch'],
  ['mass_branch.complete', 'mass branch started by {agent} completed'],
  ['pkgdb2branch.start', '{agent} started a run of pkgdb2branch'],
  ['pkgdb2branch.complete', 'run of pkgdb2branch started by {agent} completed[ with {errors}]'],
];

function describe(m: Subject): Said | undefined {
  if (m.kind.startsWith('git.receive')) return describePush(m);
  if (m.kind.startsWith('git.branch')) return describeBranch(m);
  if (m.kind.startsWith('git.lookaside')) return describeUpload(m);
  return describeRun(m);
}

/** Before the body named the repository, the topic did: `git.receive.<repo>.<branch>`. */
const repoInTopic = (m: Subject) => m.kind.split('.').slice(2, -1).join('.') || undefined;

function describePush(m: Subject): Said {
  const repo = m.text('commit.repo') ?? repoInTopic(m);
  const namespace = m.text('commit.namespace');
  const user = m.text('commit.username');
  const email = m.text('commit.email');
  const branch = m.text('commit.branch');
  const rev = m.text('commit.rev');
  const isPackage = namespace === undefined || packageNamespaces.includes(namespace);
  const folder = whole`${namespace ?? 'rpms'}/${repo}`;
  return {
    sentence: fill('{user} pushed to {namespace}{repo}[ ({branch})][.  "{summary}"]', {
      user: person(user ?? m.text('agent') ?? email),
      namespace: namespace ? whole`${namespace}/` : '',
      repo: isPackage ? rpm(repo) : repo,
      branch,
      summary: summaryOf(m),
    }),
    link: repo && rev ? whole`${site}/${folder}/c/${rev}?branch=${branch}` : null,
    picture: user ? avatarOrMachine(user) : email ? avatarOfAddress(email, 'md5') : null,
    agent: m.text('agent') ?? user ?? null,
    packages: isPackage ? [repo] : [],
    objects: Object.keys(m.record('commit.stats.files')).map((file) => whole`${repo}/${file}`),
    touches: repo ? [`project:${folder}`] : [],
    body:
      m.at('commit.seen') === true
        ? 'This commit already existed in another branch.'
        : m.text('commit.message'),
  };
}

function summaryOf(m: Subject): string | undefined {
  const summary = m.text('commit.summary');
  return summary === undefined ? undefined : commitSummary(summary, m.text('commit.message'));
}

function describeBranch(m: Subject): Said {
  const inBody = m.text('name') !== undefined && m.text('branch') !== undefined;
  const name = inBody ? m.text('name') : repoInTopic(m);
  const branch = inBody ? m.text('branch') : m.action;
  const namespace = m.text('namespace') ?? m.text('commit.namespace');
  const agent = m.text('agent');
  return {
    sentence: fill("{agent} created branch '{branch}' for the '{repo}' package", {
      agent: person(agent),
      branch,
      repo: rpm(name, m.text('commit.namespace') ? whole`${m.text('commit.namespace')}/${name}` : name),
    }),
    link: whole`${site}/${m.text('namespace') ?? 'rpms'}/${name}/commits/${branch}`,
    picture: agent ? avatarOrMachine(agent) : null,
    agent: agent ?? null,
    packages: [name],
    objects: [whole`${m.text('name') ?? name}/__git__`],
    touches: name ? [`project:${namespace ?? 'rpms'}/${name}`] : [],
  };
}

function describeUpload(m: Subject): Said {
  const agent = m.text('agent');
  const name = m.text('name');
  const file = m.text('filename');
  const sum = m.text('md5sum');
  return {
    sentence: fill('{agent} uploaded {file} for {name}', { agent: person(agent), file, name: rpm(name) }),
    link: whole`${site}/lookaside/pkgs/${m.text('path') ?? whole`${name}/${file}/${sum}/${file}`}`,
    picture: agent ? avatarOrMachine(agent) : null,
    agent: agent ?? null,
    packages: [name],
    objects: [whole`${name}/${file}`],
    touches: name ? [`project:rpms/${name}`] : [],
    body: whole`${sum}  ${file}`,
  };
}

function describeRun(m: Subject): Said {
  const agent = m.text('agent');
  const failed = m.texts('unbranchedPackages');
  const packages = m.kind.endsWith('pkgdb2branch.complete')
    ? [...failed, ...m.texts('branchedPackages')]
    : [];
  const template = runs.find(([start]) => m.kind.startsWith(`git.${start}`))?.[1];
  return {
    sentence: fill(template, {
      agent: agent ? person(agent) : '(somebody)',
      errors: failed.length === 0 ? undefined : failed.length === 1 ? '1 error' : `${failed.length} errors`,
    }),
    picture: agent ? avatarOrMachine(agent) : null,
    agent: agent ?? null,
    packages,
    objects: packages.map((name) => whole`${name}/__git__`),
  };
}

/** Git hooks of today: the agent and the commit's address are in the body. */
function describeHook(m: Subject): Said | undefined {
  if (m.kind !== 'git.receive' || m.text('commit.repo') === undefined) return undefined;
  const repo = m.text('commit.repo');
  const namespace = m.text('commit.namespace');
  const agent = m.firstText('agent', 'commit.agent');
  const isPackage = namespace === 'rpms';
  // An older class of the same hook names the repository alone, no package, and who made the commit, not who pushed.
  const isShort = m.schema === 'git.receive';
  const author = m.text('commit.username');
  return {
    sentence: fill('{agent} pushed to {namespace}{repo}[ ({branch})][. "{summary}"]', {
      agent: person((isShort && author) || (agent ?? author)),
      namespace: namespace && !isShort ? whole`${namespace}/` : '',
      repo: isPackage ? rpm(repo) : repo,
      branch: m.text('commit.branch'),
      summary: m.text('commit.summary'),
    }),
    link: m.text('commit.url'),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? author ?? null,
    people: [agent],
    packages: isPackage && !isShort ? [repo] : [],
    groups: [m.text('group')],
    objects: Object.keys(m.record('commit.stats.files')).map((file) => whole`${repo}/${file}`),
    touches: [
      `project:${namespace ? `${namespace}/` : ''}${repo}`,
      ...(isPackage ? [`package:${repo}` as const] : []),
    ],
    body: m.text('commit.message'),
  };
}

export const git: Service = { icon, fedmsg: describe, schema: describeHook };
