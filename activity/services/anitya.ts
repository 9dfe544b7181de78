// Anitya, release-monitoring.org: upstream projects, their versions and what distributions call them.
import { isRecord } from '../../bus/bad-message.ts';
import { avatarOf, avatarOfAddress, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, joinedBy, person, rpm, type Value } from '../sentence.ts';
import { personOfOpenId, series, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png';
const site = 'https://release-monitoring.org';

/** Topic after `anitya.`: the first that it starts with says it. */
const fedmsgSentences: [string, string][] = [
  ['project.map.new', '{user} mapped the name of "{project}" in {distro} to "{new}"'],
  ['project.map.update', '{user} updated the name of "{project}" in "{distro}" from "{prev}" to "{new}"'],
  ['distro.add', '{user} added the distro named "{distro}" to anitya'],
  ['distro.edit', '{user} changed a distro name from "{old}" to "{new}"'],
  [
    'project.add.tried',
    '{user} tried to add the project "{project}" to anitya (but it already exists there)',
  ],
  ['project.add', '{user} added the project "{project}" to anitya'],
  ['project.edit', '{user} edited the following fields of the "{project}" project: {fields}'],
  ['project.remove', '{user} deleted the "{project}" project'],
  ['project.map.remove', '{user} deleted the mapping of "{project}" project on "{oldDistro}"'],
  [
    'project.version.update',
    'A new version of "{project}" has been detected:  "{version}"[ newer than "{newer}"], packaged as "{packages}"',
  ],
  ['project.version.remove', '{user} deleted the version {version} of "{project}"'],
  ['distro.remove', '{user} deleted the distro "{distro}"'],
  ['project.flag.set', '{user} {state} flag "{flag}"'],
  ['project.flag', '{user} flagged the project "{project}"'],
];

const schemaSentences: [string, string][] = [
  ['distro.add', 'A new distribution, {distro}, was added to release-monitoring.'],
  ['distro.edit', 'The name of the {old} distribution changed to {new}.'],
  ['distro.remove', 'The {distro} distribution was removed from release-monitoring.'],
  ['project.map.new', 'A new mapping was created for project {project} in release-monitoring.'],
  ['project.map.update', 'A mapping for project {project} was edited in release-monitoring.'],
  ['project.map.remove', 'A mapping for project {project} was deleted in release-monitoring.'],
  [
    'project.version.update.v2',
    "A new versions '{versions}' were found for project {project} in release-monitoring.",
  ],
  [
    'project.version.update',
    "A new version '{version}' was found for project {project} in release-monitoring.",
  ],
  ['project.version.remove.v2', '{removed} deleted in project {project} in release-monitoring.'],
  ['project.version.remove', "A version '{version}' was deleted in project {project} in release-monitoring."],
  ['project.flag.set', "A flag '{flag}' was {state} in release-monitoring."],
  ['project.flag', 'A flag was created on project {project} in release-monitoring.'],
  ['project.add', 'A new project, {project}, was added to release-monitoring.'],
  ['project.edit', 'A project, {project}, was edited in release-monitoring.'],
  ['project.remove', 'A project, {project}, was deleted in release-monitoring.'],
];

const choose = (sentences: [string, string][], kind: string) =>
  sentences.find(([start]) => kind.startsWith(`anitya.${start}`))?.[1];

/** The schema's name tells the versions of a message apart; they may share a topic. */
const kindOf = (m: Subject) => (m.schema.startsWith('anitya.') ? m.schema : m.kind);

/** By OpenID, by address, by name; messages of machines name only the process. */
function agentOf(m: Subject): string {
  const agent = m.text('message.agent');
  if (agent === undefined) return m.publisher ?? 'anitya';
  return agent.includes('id.fedoraproject.org')
    ? personOfOpenId(agent)
    : agent.includes('@')
      ? m.personOf(agent)
      : agent;
}

/** Packages of Fedora among those the message names. */
function packagesOf(m: Subject, isExact: boolean): string[] {
  const inFedora = (distro: unknown) =>
    isExact ? distro === 'Fedora' : typeof distro === 'string' && distro.toLowerCase() === 'fedora';
  if (m.kind.startsWith('anitya.project.map.') && inFedora(m.text('distro.name')))
    return [m.text('message.new'), m.text('message.prev')].filter((name): name is string => !!name);
  if (!/^anitya\.project\.(version\.update|flag)/.test(m.kind)) return [];
  const named = m.list('message.packages').length > 0 ? m.list('message.packages') : m.list('packages');
  return named.flatMap((one) =>
    isRecord(one) && inFedora(one.distro) && typeof one.package_name === 'string' ? [one.package_name] : [],
  );
}

function valuesOf(m: Subject): Record<string, Value> {
  const versions = m.texts('message.upstream_versions');
  const removed = m.texts('message.versions');
  return {
    project: m.text('project.name'),
    distro: m.text('distro.name'),
    oldDistro: m.text('message.distro'),
    new: m.text('message.new'),
    old: m.text('message.old'),
    prev: m.text('message.prev'),
    fields: m.texts('message.fields').join(', '),
    version: m.firstText('message.upstream_version', 'upstream_version', 'message.version'),
    versions: m.at('message.upstream_versions') === undefined ? undefined : versions.join(', '),
    removed:
      removed.length === 1
        ? `A version '${removed[0]}' was`
        : removed.length <= 5
          ? `A versions '${removed.join(', ')}' were`
          : `${removed.length} versions entries were`,
    flag: m.text('message.flag'),
    state: m.text('message.state'),
  };
}

function describeFedmsg(m: Subject): Said | undefined {
  const template = choose(fedmsgSentences, m.kind);
  const user = agentOf(m);
  const packages = packagesOf(m, false);
  const message = m.at('message') === undefined ? '' : 'message.';
  const isOdd = m.at(`${message}odd_change`) === true;
  const names = [...new Set(packagesOf(m, true))];
  const id = m.text('project.id');
  return {
    sentence: fill(template, {
      ...valuesOf(m),
      user: person(user),
      newer: isOdd ? undefined : m.firstText(`${message}old_version`),
      packages:
        names.length <= 2
          ? joinedBy(
              names.sort().flatMap((name) => rpm(name) ?? []),
              ' and ',
            )
          : series(names),
      ...(names.length === 0 ? { packages: '(nothing)' } : {}),
    }),
    link: id
      ? whole`${site}/project/${id}/`
      : m.kind.endsWith('project.flag.set')
        ? whole`${site}/`
        : whole`${site}/distros`,
    picture: user.includes('@') ? avatarOfAddress(user, 'md5') : avatarOrMachine(user),
    agent: user.includes('@') ? null : user,
    packages,
    objects: objectsOf(m),
  };
}

function objectsOf(m: Subject): (string | undefined)[] {
  const [project, distro] = [m.text('project.name'), m.text('distro.name')];
  const mapped = m.kind.includes('project.map.') && !m.kind.includes('map.remove');
  const names = [m.text('message.new'), m.text('message.prev')].filter((name) => name !== undefined);
  if (mapped)
    return [
      ...names.map((name) => whole`mappings/${distro}/${name}`),
      whole`distros/${distro}`,
      whole`projects/${project}`,
    ];
  if (m.kind.includes('distro.edit'))
    return [whole`distros/${m.text('message.old')}`, whole`distros/${m.text('message.new')}`];
  if (m.kind.endsWith('project.flag.set')) return [whole`flag/${m.text('message.flag')}`];
  return [project ? whole`projects/${project}` : whole`distros/${distro}`];
}

function describeSchema(m: Subject): Said | undefined {
  const template = choose(schemaSentences, kindOf(m));
  const agent = m.text('message.agent');
  const withPackages = /^anitya\.project\.(map\.(new|update)|version\.update\.v2)/.test(kindOf(m));
  return {
    sentence: fill(template, valuesOf(m)),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [],
    packages: withPackages ? packagesOf(m, true) : [],
    objects: objectsOf(m),
    body: m.text('message.reason'),
  };
}

export const anitya: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
