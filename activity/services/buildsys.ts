// Koji: builds, tasks, tags and signatures.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm, type Value } from '../sentence.ts';
import { series, whole } from '../words.ts';

const icon = 'https://fedoraproject.org/w/uploads/2/20/Artwork_DesignService_koji-icon-48.png';
const schemaIcon = 'https://apps.fedoraproject.org/img/icons/koji.png';

/** By Koji's number of the new state. */
const buildStates = ['started building', 'completed', 'was deleted', 'failed to build', 'was cancelled'];
const buildStateNames = ['BUILDING', 'COMPLETE', 'DELETED', 'FAILED', 'CANCELED'];
const taskStates: Record<string, string> = {
  OPEN: 'started',
  FAILED: 'failed',
  CLOSED: 'completed',
  CANCELED: 'was cancelled',
};

const nvrOf = (m: Subject, path = '') => {
  const [name, version, release] = ['name', 'version', 'release'].map((field) => m.text(path + field));
  return name && version && release ? `${name}-${version}-${release}` : undefined;
};

/** A secondary Koji has an address of its own. */
function siteOf(m: Subject): string | undefined {
  const instance = m.text('instance') ?? 'primary';
  if (m.isStaging) return 'http://koji.stg.fedoraproject.org/koji';
  return instance === 'primary'
    ? 'http://koji.fedoraproject.org/koji'
    : `http://${instance}.koji.fedoraproject.org/koji`;
}

interface About {
  template: string;
  values?: Record<string, Value>;
  link?: string | null | undefined;
  people?: (string | undefined)[];
  packages?: (string | undefined)[];
  objects: (string | undefined)[];
}

function aboutTag(m: Subject, verb: string): About {
  const tag = m.text('tag');
  return {
    template: `{owned}{build} ${verb} {tag}[ by {user}]{inst}`,
    values: { tag, user: m.text('user') ? person(m.text('user')) : undefined },
    ...(m.text('tag_id') ? { link: whole`${siteOf(m)}/taginfo?tagID=${m.text('tag_id')}` } : {}),
    people: [m.text('owner'), m.text('user')],
    packages: [m.text('name')],
    objects: [
      whole`builds/${m.text('name')}/${m.text('version')}/${m.text('release')}`,
      whole`tags/${tag ?? 'unknown'}`,
    ],
  };
}

function aboutRepo(m: Subject, verb: string): About {
  const tag = m.text('tag') ?? 'unknown';
  return {
    template: `Repo ${verb}:  {tag}{inst}`,
    values: { tag },
    ...(m.text('tag_id') ? { link: whole`${siteOf(m)}/taginfo?tagID=${m.text('tag_id')}` } : {}),
    objects: [whole`repos/${tag}`],
  };
}

function aboutSignature(m: Subject): About {
  const path = m.at('info') === undefined ? 'rpm.' : 'info.';
  const name = m.text(`${path}name`);
  const nvr = nvrOf(m, path);
  const arch = m.text(`${path}arch`);
  return {
    template: "Koji build {file} signed[ with sigkey '{sigkey}']",
    values: {
      file: rpm(name, nvr && `${nvr}${arch ? `.${arch}` : ''}.rpm`),
      sigkey: m.text('sigkey') ?? m.text(`${path}sigkey`),
    },
    link: whole`${siteOf(m)}/buildinfo?buildID=${m.text(`${path}build_id`)}`,
    packages: [name],
    objects: [],
  };
}

function aboutTask(m: Subject): About {
  const targets = m.list('info.request').filter((one): one is string => typeof one === 'string');
  const named = targets.filter((one) => !one.endsWith('.rpm'));
  return {
    template: '{owned}scratch build of {srpm}[ for {target}] {state}{inst}',
    values: {
      srpm: m.text('srpm') ?? 'a package',
      target: named.length > 0 ? series(named) : undefined,
      state: taskStates[m.text('new') ?? ''] ?? 'changed',
    },
    link: whole`${siteOf(m)}/taskinfo?taskID=${m.text('id')}`,
    people: [m.text('owner')],
    objects: [whole`scratch_builds/${m.text('srpm')}`],
  };
}

function aboutFedmsg(m: Subject): About | undefined {
  if (m.kind.startsWith('buildsys.tag')) return aboutTag(m, 'tagged into');
  if (m.kind.startsWith('buildsys.untag')) return aboutTag(m, 'untagged from');
  if (m.kind.startsWith('buildsys.repo.init')) return aboutRepo(m, 'initialized');
  if (m.kind.startsWith('buildsys.repo.done')) return aboutRepo(m, 'done');
  if (m.kind.startsWith('buildsys.rpm.sign')) return aboutSignature(m);
  if (m.kind.startsWith('buildsys.task.state.change')) return aboutTask(m);
  if (m.kind.startsWith('buildsys.package.list.change'))
    return {
      template: "Package list change for {package}:  '{tag}'{inst}",
      values: { package: rpm(m.text('package')), tag: m.text('tag') },
      link: null,
      packages: [m.text('package')],
      objects: [whole`tags/${m.text('tag') ?? 'unknown'}`],
    };
  if (m.kind.startsWith('buildsys.build.state.change'))
    return {
      template: '{owned}{build} {state}{inst}',
      values: { state: buildStates[Number(m.text('new'))] },
      link: whole`${siteOf(m)}/buildinfo?buildID=${m.text('build_id')}`,
      people: [m.text('owner')],
      packages: [m.text('name')],
      objects: [whole`builds/${m.text('name')}/${m.text('version')}/${m.text('release')}`],
    };
  return undefined;
}

function describeFedmsg(m: Subject): Said | undefined {
  const about = aboutFedmsg(m);
  if (!about) return undefined;
  const owner = m.text('owner');
  const instance = m.text('instance') ?? 'primary';
  const signed = m.kind.startsWith('buildsys.rpm.sign');
  const objects = about.objects.map((object) => whole`${instance}/${object}`);
  return {
    sentence: fill(about.template, {
      owned: owner ? [person(owner), { type: 'text', text: "'s " }] : '',
      build: rpm(m.text('name'), nvrOf(m)),
      inst: instance === 'primary' ? '' : ` (${instance})`,
      ...about.values,
    }),
    link: about.link === undefined ? siteOf(m) : about.link,
    picture: owner ? avatarOrMachine(owner) : icon,
    agent: m.text('user') ?? about.people?.[0] ?? null,
    people: about.people ?? [],
    packages: about.packages ?? [],
    objects: signed ? (about.packages ?? []).map((name) => whole`signatures/${name}`) : objects,
    touches: (about.packages ?? []).flatMap((name) => (name ? [`project:rpms/${name}` as const] : [])),
  };
}

function schemaSentence(m: Subject, owner: string | undefined): Said['sentence'] {
  const build = rpm(m.text('name'), nvrOf(m));
  const values = { owner: person(owner), build, tag: m.text('tag') };
  switch (m.kind) {
    case 'buildsys.build.state.change':
      return fill("Build {state}: {owner}'s {build}", {
        ...values,
        state: buildStateNames[Number(m.text('new'))],
      });
    case 'buildsys.task.state.change':
      return fill('Task {state} -- {method} ({srpm} {arch})', {
        state: m.text('new'),
        method: m.text('method') ?? '',
        srpm: m.text('srpm') ?? '',
        arch: m.text('info.arch') ?? '',
      });
    case 'buildsys.tag':
    case 'buildsys.untag':
      return fill('{build} was {verb} {tag}[ by {user}]', {
        ...values,
        build: build ?? 'A build',
        verb: m.kind === 'buildsys.tag' ? 'tagged into' : 'untagged from',
        user: m.text('user') ? person(m.text('user')) : undefined,
      });
    case 'buildsys.rpm.sign':
      return fill('rpm {rpm} was signed', {
        rpm: rpm(m.text('build.name') ?? m.text('rpm.name'), nvrOf(m, 'rpm.')),
      });
    case 'buildsys.package.list.change':
      return fill('Package list change for {package}:  {tag}', {
        ...values,
        package: rpm(m.text('package')),
      });
    case 'buildsys.repo.init':
    case 'buildsys.repo.done':
      // Koji's own class says nothing but the topic.
      return fill('{topic}', { topic: m.topic });
  }
  return undefined;
}

function describeSchema(m: Subject): Said | undefined {
  const isBuild = m.kind === 'buildsys.build.state.change';
  // Without an address the build's message has the shape it had on fedmsg.
  if (isBuild && m.schema === '') return undefined;
  const owner = m.text('owner') ?? m.text('build.owner_name');
  const state = Number(m.text('new'));
  // Whoever owns a build starts it; that it ended is nobody's act.
  const isOwnersAct = !isBuild || m.at('old') === null || state === 0 || state === 4;
  const isTagging = m.kind === 'buildsys.tag' || m.kind === 'buildsys.untag';
  const agent = isTagging ? m.text('user') : isOwnersAct ? owner : undefined;
  const name = m.firstText('build.name', 'name', 'package');
  return {
    sentence: schemaSentence(m, owner),
    link: m.firstText('url', 'info.url'),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: isBuild || isTagging ? [owner, agent] : [agent],
    packages: [name],
    objects: nvrOf(m)
      ? [whole`primary/builds/${m.text('name')}/${m.text('version')}/${m.text('release')}`]
      : [],
    touches: [
      ...(name ? [`project:rpms/${name}` as const] : []),
      // Nobody's act, but the owner's work all the same: it belongs into their own feed.
      ...(owner && isBuild ? [`user:${owner.toLowerCase()}` as const] : []),
    ],
  };
}

export const buildsys: Service = { icon, schemaIcon, fedmsg: describeFedmsg, schema: describeSchema };
