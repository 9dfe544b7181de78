// The package database: owners, permissions, branches. It closed in 2017; archives still tell of it.
import { avatarOrMachine } from '../avatar.ts';
import { at, firstText, text } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm, type Value } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png';
const site = 'https://admin.fedoraproject.org/pkgdb/package';

/** Topic after `pkgdb.`: the first that it starts with says it. */
const sentences: [string, string][] = [
  ['acl.update', "{agent} changed {user}'s '{acl}' permission on {package} ({branch}) to '{status}'"],
  ['branch.clone', '{agent} branched {package} {newBranch} from {master}'],
  ['package.update.status', '{agent} {verb} {package}[ in {branch}]'],
  ['package.update', '{agent} updated: {fields} of {package}'],
  ['critpath.update', '{agent} altered the critpath status for some packages'],
  ['package.new.request', '{agent} requested package {package} on branch {collection}'],
  ['package.new', "{agent} added a new package '{package}' ({branch})"],
  ['acl.request.toggle', "{agent} has {aclAction} '{acl}' on {package} ({branch})"],
  ['package.retire', '{agent} {retirement} {package} ({branch})!'],
  ['owner.update', "{agent} changed owner of {package} ({branch}) to '{owner}'"],
  ['acl.user.remove', '{agent} removed {user} from {package} ({branches})'],
  ['branch.start', '{agent} started a branch of {to} from {from}'],
  ['branch.complete', "{agent}'s branch of {to} from {from} completed"],
  ['collection.new', '{agent} created a new collection for {collectionName}'],
  ['collection.update', '{agent} updated the following fields of the {collectionName} collection: {fields}'],
  ['package.delete', "{agent} deleted the '{package}' package from the pkgdb"],
  ['package.branch.delete', "{agent} deleted the {branch} branch of the '{package}' package"],
  ['package.branch.new', "{agent} created the branch '{branch}' for the package '{package}'"],
  ['acl.delete', "{agent} deleted {aclUser}'s {aclName} rights from {package} ({branch})"],
  ['package.branch.request', '{agent} requested branch {to} for package {package}'],
  [
    'admin.action.status.update',
    "{agent} changed {requester}'s {request} for {package} in {branch} from {oldStatus} to {newStatus}[ with message: {message}]",
  ],
  ['package.critpath.update', '{agent} {critpath} the critpath flag on the {package} package ({branches})'],
  ['package.monitor.update', '{agent} set the monitor flag of {package} to {flag}'],
  ['package.unretire.request', '{agent} asks that {package} be unretired on {collection}'],
  ['package.koschei.update', '{agent} set the koschei monitoring flag of {package} to {flag}'],
];

/** Where shapes of all years keep the package. */
const packagePaths = [
  'package_listing.package',
  'package_listings.0.package',
  'acl.packagelist.package',
  'action.package',
  'package',
];

interface Package {
  name: string;
  namespace: string;
}

function packageOf(m: Subject): Package | undefined {
  for (const info of ['info', 'action.info']) {
    const name = m.text(`${info}.pkg_name`);
    if (name) return { name, namespace: m.firstText(`${info}.pkg_namespace`, `${info}.namespace`) ?? 'rpms' };
  }
  for (const path of packagePaths) {
    const name = m.text(`${path}.name`);
    if (name) return { name, namespace: m.text(`${path}.namespace`) ?? 'rpms' };
  }
  const name = m.text('package');
  return name ? { name, namespace: m.text('namespace') ?? 'rpms' } : undefined;
}

const changes: [string, left: string, entered: string][] = [
  ['Orphaned', 'unorphaned', 'orphaned'],
  ['Retired', 'unretired', 'retired'],
];

function verbOf(m: Subject): string {
  const [before, now] = [m.text('prev_status'), m.text('status')];
  let verb = 'made some updates to';
  for (const [status, left, entered] of changes) {
    if (before === status && now !== status) verb = left;
    else if (before !== status && now === status) verb = entered;
  }
  return verb;
}

/** As the package database wrote truth. */
const flagOf = (value: unknown) =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : text({ value }, 'value');

const requests: Record<string, string> = {
  'request.package': 'package request',
  'request.branch': 'branch request',
};

function describe(m: Subject): Said | undefined {
  const event = m.kind.slice('pkgdb.'.length);
  const agent = m.firstText('agent', 'agent.0');
  const user = m.text('username');
  const pkg = packageOf(m);
  const aclUser = m.text('acl.fas_name');
  const listings = event.startsWith('acl.user.remove') ? branchesOf(m) : m.texts('branches');
  const request = m.text('action.action') ?? '';
  const template =
    event === 'package.update' && m.at('fields') === undefined
      ? '{agent} made some updates to {package}'
      : sentences.find(([start]) => event.startsWith(start))?.[1];
  const values: Record<string, Value> = {
    agent: person(agent),
    user: person(user),
    package: pkg && rpm(pkg.namespace === 'rpms' ? pkg.name : undefined, whole`${pkg.namespace}/${pkg.name}`),
    branch: branchOf(m),
    newBranch: m.text('branch'),
    branches: listings.join(', '),
    master: m.text('master'),
    acl: m.text('acl'),
    aclName: m.text('acl.acl'),
    aclUser: person(aclUser),
    aclAction: m.text('acl_action'),
    status: m.text('status'),
    verb: verbOf(m),
    fields: m.texts('fields').join(', '),
    retirement: m.text('retirement'),
    owner: m.firstText('package_listing.point_of_contact', 'package_listing.owner'),
    to: m.text('collection_to.branchname'),
    from: m.text('collection_from.branchname'),
    collection: m.text('collection.branchname'),
    collectionName: whole`${m.text('collection.name')} ${m.text('collection.version')}`,
    requester: m.text('action.user') && person(m.text('action.user')),
    request: requests[request] ?? request,
    oldStatus: m.text('old_status'),
    newStatus: m.text('new_status'),
    message: m.firstText('action.message'),
    critpath: m.at('critpath') ? 'set' : 'unset',
    flag: flagOf(m.at('status')),
  };
  const pictured = user ?? agent;
  return {
    sentence: fill(template, values),
    link: linkOf(event, pkg),
    picture: pictured ? avatarOrMachine(pictured) : null,
    agent: agent ?? null,
    people: [agent, aclUser, user].filter((name) => name !== 'orphan'),
    concerns: [m.text('action.user')],
    packages: pkg?.namespace === 'rpms' ? [pkg.name] : [],
    objects: objectsOf(m, event, pkg?.name, agent),
    touches: pkg ? [`project:${pkg.namespace}/${pkg.name}`] : [],
  };
}

const branchPaths = ['package_listing', 'acl.packagelist', 'action'].map(
  (path) => `${path}.collection.branchname`,
);
const branchOf = (m: Subject) => m.firstText(...branchPaths);
const branchesOf = (m: Subject) =>
  m.list('package_listings').flatMap((one) => text(one, 'collection.branchname') ?? []);

const linked = [
  'package.new.request',
  'admin.action.status.update',
  'acl.update',
  'acl.request.toggle',
  'owner.update',
  'package.retire',
  'package.new',
  'package.branch.new',
  'acl.user.remove',
  'package.update',
  'branch.clone',
  'package.branch.request',
];

const linkOf = (event: string, pkg: Package | undefined): string | null | undefined =>
  pkg && linked.some((start) => event.startsWith(start))
    ? whole`${site}/${pkg.namespace}/${pkg.name}/`
    : null;

function objectsOf(
  m: Subject,
  event: string,
  name: string | undefined,
  agent: string | undefined,
): (string | undefined)[] {
  if (!name) return [];
  const branch = branchOf(m);
  const acl = at(m.body, 'acl.acl') === undefined ? m.text('acl') : m.text('acl.acl');
  const flag = flagOf(m.at('status'))?.toLowerCase();
  const objects: [string, string | undefined][] = [
    ['acl.update', whole`${name}/acls/${branch}/${acl}/${m.text('username')}`],
    ['package.new.request', whole`new/package/request/${name}/${m.text('collection.branchname')}/${agent}`],
    ['package.new', whole`${name}/create`],
    ['acl.request.toggle', whole`${name}/acls/${branch}/${acl}/${agent}`],
    ['package.retire', whole`${name}/retire`],
    ['acl.user.remove', whole`${name}/remove/${m.text('username')}`],
    ['owner.update', whole`${name}/owner/${branch}`],
    ['package.update', whole`${name}/update`],
    ['branch.clone', whole`${name}/branch`],
    ['package.delete', whole`${name}/package/delete`],
    ['package.branch.delete', whole`${name}/${branch}/delete`],
    ['package.branch.new', whole`${name}/${branch}/new`],
    ['acl.delete', whole`${name}/acls/${branch}/${acl}/${m.text('acl.fas_name')}`],
    ['package.branch.request', whole`${name}/branch/request/${m.text('collection_to.branchname')}/${agent}`],
    [
      'admin.action.status.update',
      whole`action/${m.text('action.id')}/status/${name}/${firstText(m.body, 'action.collection.branchname')}/${agent}`,
    ],
    ['package.critpath.update', whole`${name}/critpath`],
    ['package.monitor.update', whole`${name}/monitor/${flag}`],
    ['package.koschei.update', whole`${name}/koschei/${flag}`],
    ['package.unretire.request', whole`${name}/unretire/${m.text('collection.branchname')}`],
  ];
  const object = objects.find(([start]) => event.startsWith(start))?.[1];
  return object ? [object] : [];
}

export const pkgdb: Service = { icon, fedmsg: describe };
