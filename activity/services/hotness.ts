// The New Hotness: bugs for new upstream releases, and what came of them.
import { isRecord } from '../../bus/bad-message.ts';
import { packageIcon } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, joinedBy, person, rpm, type Value } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png';
const original = 'trigger.msg';

const dropReasons: Record<string, string> = {
  anitya: "release-monitoring.org doesn't know what that project is called in Fedora land",
  bugzilla: 'a bugzilla ticket had already been filed',
  pkgdb: 'pkgdb says the maintainers are not interested in bugs being filed',
  rawhide: 'no rawhide version of the package could be found yet',
};

const taskStates: Record<string, string> = {
  FAILED: 'failed',
  FREE: 'submitted',
  ASSIGNED: 'assigned',
  CANCELLED: 'cancelled',
  CLOSED: 'completed',
  OPEN: 'started',
};
const buildStates = ['started', 'completed', 'deleted', 'cancelled', 'failed'];

const trigger = (m: Subject) => m.text('trigger.topic') ?? '';

/** Packages of Fedora in the message of Anitya that set it off. */
function mappedPackages(m: Subject): string[] {
  const named = [...m.list(`${original}.message.packages`), ...m.list(`${original}.packages`)];
  return named.flatMap((one) =>
    isRecord(one) && one.distro === 'Fedora' && typeof one.package_name === 'string'
      ? [one.package_name]
      : [],
  );
}

function packagesOf(m: Subject): string[] {
  const mapped = trigger(m).includes('anitya') ? [...new Set(mappedPackages(m))] : [];
  if (mapped.length > 0) return mapped;
  const name = m.firstText(
    `${original}.package_listing.package.name`,
    ...(trigger(m).includes('buildsys.build') ? [`${original}.name`] : []),
    `${original}.package.name`,
  );
  return name ? [name] : [];
}

function projectSentence(m: Subject): string {
  const failed = m.at('success') !== true;
  if (m.at('reason') !== undefined)
    return 'hotness tried to map {package} to an upstream project, but failed:  "{reason}"';
  if (m.at('total') !== undefined)
    return 'hotness tried to map {package} to an upstream project, but failed due to ambiguity.  {total} other projects share the same homepage';
  if (m.at('project') !== undefined)
    return failed
      ? 'hotness tried to map {package} to the pre-existing upstream project {project}, but failed for unknown reasons'
      : 'hotness mapped {package} to the pre-existing upstream project {project}';
  return failed
    ? 'hotness tried to map {package} to a brand-new upstream project, but failed for unknown reasons'
    : 'hotness mapped {package} to a brand-new upstream project';
}

function templateOf(m: Subject): string | undefined {
  if (m.kind.startsWith('hotness.update.bug.file')) return 'the-new-hotness filed a bug on {packages}';
  if (m.kind.startsWith('hotness.update.bug.followup'))
    return m.at(`${original}.srpm`) === undefined
      ? "{owner}'s real build of {build} for RHBZ#{bug} {buildState}"
      : 'scratch build of {srpm} for RHBZ#{bug} {taskState}';
  if (m.kind.startsWith('hotness.update.drop'))
    return 'the-new-hotness saw an update for {thing}, but {dropped}';
  return m.kind.startsWith('hotness.project.map') ? projectSentence(m) : undefined;
}

function filedOn(m: Subject): string[] {
  const name = m.text(`${original}.message.new`);
  return trigger(m).endsWith('.project.map.new') ? (name ? [name] : []) : mappedPackages(m);
}

const asParts = (names: string[]) =>
  joinedBy(
    names.flatMap((name) => rpm(name) ?? []),
    ', ',
  );

function describe(m: Subject): Said | undefined {
  const template = templateOf(m);
  const packages = packagesOf(m);
  const owner = m.text(`${original}.owner`);
  const nvr = ['name', 'version', 'release'].map((field) => m.text(`${original}.${field}`)).join('-');
  const isBuild = trigger(m).includes('buildsys.build');
  const [first] = packages;
  const bug = m.text('bug.bug_id');
  const values: Record<string, Value> = {
    packages: asParts(filedOn(m)),
    owner: person(owner),
    build: rpm(m.text(`${original}.name`), nvr),
    bug,
    buildState: buildStates[Number(m.text(`${original}.new`))],
    srpm: m.text(`${original}.srpm`),
    taskState: taskStates[m.text(`${original}.new`) ?? ''] ?? 'unknown',
    thing: first ? rpm(first) : m.text(`${original}.project.name`),
    dropped: dropReasons[m.text('reason') ?? ''] ?? '.... I dunno.  Whatever.',
    package: rpm(m.firstText(`${original}.package_listing.package.name`, `${original}.package.name`)),
    reason: m.text('reason'),
    total: m.text('total'),
    project: m.text('project.name'),
  };
  return {
    sentence: fill(template, values),
    link: linkOf(m, bug),
    picture: packageIcon(first ?? 'package_128x128'),
    agent: isBuild ? (owner ?? null) : null,
    people: isBuild ? [owner] : [],
    packages,
    objects: objectsOf(m, bug),
    touches: packages.map((name) => `project:rpms/${name}` as const),
  };
}

function linkOf(m: Subject, bug: string | undefined): string | undefined {
  if (bug) return whole`https://${m.isStaging ? 'partner-' : ''}bugzilla.redhat.com/show_bug.cgi?id=${bug}`;
  const project = m.firstText(`${original}.project.id`, 'project.id');
  if (project) return whole`https://release-monitoring.org/project/${project}/`;
  return m.firstText(`${original}.package_listing.package.review_url`, `${original}.package.upstream_url`);
}

function objectsOf(m: Subject, bug: string | undefined): (string | undefined)[] {
  const bugs = bug ? [whole`bugs/${bug}`] : [];
  const project = trigger(m).includes('anitya') ? m.text(`${original}.project.name`) : m.text('project.name');
  const named = m.firstText(`${original}.package_listing.package.name`, `${original}.package.name`);
  if (trigger(m).includes('anitya'))
    return [
      ...mappedPackages(m).map((name) => whole`packages/${name}`),
      ...(project ? [whole`projects/${project}`] : []),
      ...bugs,
    ];
  if (named) return [whole`packages/${named}`, ...(project ? [whole`projects/${project}`] : [])];
  return bugs;
}

const todaysReasons: Record<string, string> = {
  ...dropReasons,
  bugzilla: "the bugzilla issue couldn't be updated",
};

function describeSchema(m: Subject): Said | undefined {
  const reason = m.text('reason');
  if (m.kind === 'hotness.update.bug.file') {
    const packages = filedOn(m);
    const bug = m.text('bug.bug_id');
    return {
      sentence: fill("the-new-hotness filed a bug on '{packages}'", { packages: asParts(packages) }),
      link: bug ? whole`https://bugzilla.redhat.com/${bug}` : null,
      agent: null,
      packages,
      objects: objectsOf(m, bug),
    };
  }
  if (m.kind !== 'hotness.update.drop') return undefined;
  const packages = reason === 'anitya' ? [] : packagesOf({ ...m, list: () => [] });
  return {
    sentence: fill("the-new-hotness saw an update for '{packages}', but {dropped}", {
      packages: asParts(packages),
      dropped: todaysReasons[reason ?? ''] ?? whole`it got dropped for reason: '${reason}'`,
    }),
    agent: m.text('agent_name') ?? null,
    packages,
    objects: objectsOf(m, undefined),
  };
}

export const hotness: Service = { icon, fedmsg: describe, schema: describeSchema };
