// Bodhi: updates of packages, their tests and pushes.
import { avatarOf, avatarOrMachine, packageIcon } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { mentionsIn, packageOf, truncate, whole } from '../words.ts';
import { describeSync, isSync } from './bodhi-sync.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/bodhi.png';
const site = 'https://bodhi.fedoraproject.org';

/** Topic after `bodhi.`: the first that it starts with says it. */
const fedmsgSentences: [string, string][] = [
  ['masher.start', '{agent} requested a mash of {updates} updates'],
  ['composer.start', '{agent} requested a mash of {updates} updates'],
  ['update.comment', '{commenter} commented on bodhi update {commented}[ (karma: {karma})]'],
  ['update.complete.', "{owner}'s {title} bodhi update completed push to {status}"],
  ['update.eject', '{owner}\'s {title} bodhi update was ejected from the {repo} mash.  Reason: "{reason}"'],
  ['update.edit', '{agent} edited {title}'],
  ['update.request.unpush', '{agent} unpushed {title}'],
  ['update.request.obsolete', '{agent} obsoleted {title}'],
  ['update.request.revoke', '{agent} revoked {title}'],
  ['update.request', '{agent} submitted {title} to {action}'],
  ['mashtask.start', 'bodhi masher started a push'],
  ['mashtask.mashing', 'bodhi masher started mashing {repo}'],
  ['mashtask.complete', 'bodhi masher {mashed} {repo}'],
  ['mashtask.sync.wait', 'bodhi masher is waiting for {repo} to hit the master mirror'],
  ['mashtask.sync.done', 'bodhi masher finished waiting for {repo} to hit the master mirror'],
  ['compose.start', 'bodhi composer started a run'],
  ['compose.composing', 'bodhi {ctype} compose of repo {anyRepo} started'],
  ['repo.done', 'bodhi repo {anyRepo} created'],
  ['compose.complete', 'bodhi {ctype} compose of repo {anyRepo} {result}'],
  ['compose.sync.wait', 'bodhi composer is waiting for {repo} to hit the master mirror'],
  ['compose.sync.done', 'bodhi composer finished waiting for {repo} to hit the master mirror'],
  ['buildroot_override.tag', '{submitter} submitted a buildroot override for {build}'],
  ['buildroot_override.untag', '{submitter} expired a buildroot override for {build}'],
  ['stack.save', '{agent} updated the "{stack}" stack'],
  ['stack.delete', '{agent} deleted the "{stack}" stack'],
  ['update.karma.threshold', '{title} reached the {threshold} karma threshold'],
  ['update.requirements_met', '{title} reached the {action} testing threshold'],
  ['errata.publish', '{subject}'],
];

const schemaSentences: [string, string][] = [
  ['update.comment', '{commenter} commented on update {builds} (karma: {karma})'],
  ['update.complete.', "{owner}'s {builds} bodhi update completed push to {status}"],
  ['update.edit', '{agent} edited {whose} update {alias} ({builds})'],
  ['update.eject', '{owner}\'s {builds} bodhi update was ejected from the {repo} mash. Reason: "{reason}"'],
  ['update.karma.threshold', "{owner}'s {builds} bodhi update has reached the {threshold} karma threshold"],
  ['update.request.unpush', '{agent} unpushed {whose} update {alias} ({builds})'],
  ['update.request.obsolete', '{agent} obsoleted {whose} update {alias} ({builds})'],
  ['update.request.revoke', '{agent} revoked {whose} update {alias} ({builds})'],
  ['update.request', '{agent} submitted {whose} update {alias} ({builds}) to {action}'],
  ['update.requirements_met', "{owner}'s {builds} bodhi update has met {action} testing requirements"],
  ['update.status.testing', "{tester}'s {builds} bodhi update is ready for testing"],
  ['compose.start', 'bodhi composer started a push'],
  ['compose.composing', 'bodhi composer started composing {repo}'],
  ['compose.complete', 'bodhi composer {composed} {repo}'],
  ['compose.sync.wait', 'bodhi composer is waiting for {repo} to hit the master mirror'],
  ['compose.sync.done', 'bodhi composer finished waiting for {repo} to hit the master mirror'],
  ['repo.done', 'bodhi composer is finished building {repo}'],
  ['buildroot_override.tag', '{submitter} submitted a buildroot override for {build}'],
  ['buildroot_override.untag', '{submitter} expired a buildroot override for {build}'],
  ['errata.publish', '{subject}'],
];

const choose = (sentences: [string, string][], m: Subject): string | undefined =>
  sentences.find(([start]) => m.kind.startsWith(`bodhi.${start}`))?.[1];

const nameAt = (m: Subject, ...paths: string[]) =>
  m.firstText(...paths.flatMap((path) => [`${path}.name`, path]));

const updatePath = (m: Subject) =>
  m.at('update') === undefined && m.at('comment.update') !== undefined ? 'comment.update' : 'update';

const titleOf = (m: Subject): string | undefined => {
  const update = updatePath(m);
  const nvrs = m.texts(`${update}.builds`, 'nvr').join(' ');
  return m.firstText(`${update}.title`) ?? (nvrs || m.text('comment.update_title'));
};

const isAboutUpdate = (m: Subject) => m.kind.startsWith('bodhi.update.') || m.kind === 'bodhi.errata.publish';

/** Whom the reference takes for named in a comment: an address's host may be among them, so nobody is told. */
const namedIn = (m: Subject, pattern: RegExp): string[] =>
  [...(m.text('comment.text') ?? '').matchAll(pattern)].map((match) => match[1] ?? '');

const packagesIn = (title: string | undefined): string[] => (title ? title.split(/[ ,]/).map(packageOf) : []);

function describeFedmsg(m: Subject): Said | undefined {
  if (isSync(m)) return describeSync(m);
  const template = choose(fedmsgSentences, m);
  const title = titleOf(m);
  const override = m.firstText('override.build.nvr', 'override.build', 'override.nvr');
  const agent = m.text('agent');
  const owner = nameAt(m, 'update.user', 'update.submitter');
  const commenter = nameAt(m, 'comment.user', 'comment.author');
  const submitter = nameAt(m, 'override.submitter');
  const stack = m.text('stack.name');
  const updates = m.texts('updates');
  const masher = /^bodhi\.(masher|composer)\.start/.test(m.kind);
  const packages = stack
    ? m.texts('stack.packages', 'name')
    : override
      ? packagesIn(override)
      : m.kind.startsWith('bodhi.masher.start')
        ? updates.flatMap(packagesIn)
        : isAboutUpdate(m)
          ? packagesIn(title)
          : [];
  const success = m.at('success');
  const repo = m.text('repo');
  const sentence = fill(
    masher && m.at('updates') === undefined ? '{agent} requested a mash of some updates' : template,
    {
      agent: person(agent),
      owner: person(owner),
      commenter: person(commenter),
      submitter: person(submitter),
      title: title === undefined ? undefined : truncate(title),
      commented: truncate(m.text('comment.update_title') ?? m.text('comment.update.title') ?? ''),
      karma: m.text('comment.karma'),
      status: m.text('update.status'),
      threshold: m.text('status'),
      action: m.action,
      updates: updates.length,
      repo,
      reason: m.text('reason'),
      mashed: success ? 'successfully mashed' : 'failed to mash',
      anyRepo: repo ?? 'unknown repo',
      ctype: m.text('ctype') ?? 'unknown type',
      result: success === true ? 'succeeded' : success === false ? 'failed' : 'completed',
      build: override,
      stack,
      subject: m.text('subject'),
    },
  );
  const pictured =
    (m.kind.startsWith('bodhi.update.comment')
      ? commenter
      : m.kind.startsWith('bodhi.buildroot_override')
        ? submitter
        : stack
          ? agent
          : owner) ?? agent;
  const named = namedIn(m, /@([\p{L}\p{N}_]+)/gu);
  return {
    sentence,
    link: linkOf(m, override, stack),
    picture: pictured ? avatarOrMachine(pictured) : title ? packageIcon(packagesIn(title)[0] ?? '') : icon,
    agent: commenter ?? submitter ?? agent ?? null,
    people: [commenter, owner, submitter, ...named, agent],
    bystanders: named,
    concerns: [commenter, owner, submitter, ...mentionsIn(m.text('comment.text'))],
    packages,
    objects: objectsOf(m, packages, repo, stack),
    touches: packages.map((name) => `project:rpms/${name}` as const),
    body:
      m.firstText('comment.text') ??
      (masher && updates.length ? `\n- ${updates.join('\n- ')}\n` : m.text('body')),
  };
}

function linkOf(m: Subject, override: string | undefined, stack: string | undefined): string | undefined {
  if (isAboutUpdate(m)) {
    const update = updatePath(m);
    const id = m.firstText(
      `${update}.alias`,
      `${update}.title`,
      'comment.update_alias',
      'comment.update_title',
    );
    return whole`${site}/updates/${id ?? ''}`;
  }
  if (stack) return whole`${site}/stacks/${stack}`;
  return override ? whole`${site}/overrides/${override}` : site;
}

function objectsOf(
  m: Subject,
  packages: string[],
  repo: string | undefined,
  stack: string | undefined,
): (string | undefined)[] {
  if (repo && /^bodhi\.(mashtask|compose|repo\.done)/.test(m.kind)) return [whole`repos/${repo}`];
  return [...packages.map((name) => whole`packages/${name}`), ...(stack ? [whole`stacks/${stack}`] : [])];
}

function describeSchema(m: Subject): Said {
  const template = choose(schemaSentences, m);
  const update = updatePath(m);
  // Its builds say more than the update's, except in the newest shape.
  const artifact = m.text('artifact.builds.0.component') ? m.texts('artifact.builds', 'nvr') : [];
  const builds = artifact.length > 0 ? artifact : m.texts(`${update}.builds`, 'nvr');
  const owner = nameAt(m, `${update}.user`);
  const commenter = nameAt(m, 'comment.user');
  const submitter = nameAt(m, 'override.submitter');
  const override = m.text('override.nvr');
  const published = m.kind === 'bodhi.errata.publish';
  const named = namedIn(m, /(?<!\S)@([\p{L}\p{N}_]+)/gu);
  const agent = commenter ?? submitter ?? (published ? owner : m.text('agent'));
  const alias = m.firstText(
    ...(artifact.length > 0 ? ['artifact.id'] : []),
    `${update}.alias`,
    'artifact.id',
  );
  const packages = override
    ? [packageOf(override)]
    : artifact.length > 0
      ? m.texts('artifact.builds', 'component')
      : builds.map(packageOf);
  return {
    sentence: fill(template, {
      agent: person(agent),
      owner: person(owner),
      commenter: person(commenter),
      submitter: person(submitter),
      tester: person(owner ?? m.text('contact.name')),
      whose: agent === owner ? 'their' : [person(owner), { type: 'text', text: "'s" }],
      builds: truncate(builds.join(' '), 40, '…'),
      alias,
      karma: m.text('comment.karma'),
      status: m.text(`${update}.status`),
      threshold: m.text('status'),
      action: m.action,
      repo: m.text('repo'),
      reason: m.text('reason'),
      composed: m.at('success') ? 'successfully composed' : 'failed to compose',
      build: override,
      subject: m.text('subject'),
    }),
    link: override ? whole`${site}/overrides/${override}` : alias ? whole`${site}/updates/${alias}` : null,
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [
      agent,
      ...named,
      ...(published || artifact.length > 0 ? [] : [owner]),
      ...m.texts('artifact.builds', 'issuer'),
    ],
    bystanders: named,
    concerns: [owner, commenter, submitter, ...mentionsIn(m.text('comment.text'))],
    packages,
    objects: packages.map((name) => whole`packages/${name}`),
    touches: packages.map((name) => `project:rpms/${name}` as const),
    body: m.text('comment.text') ?? m.text('body') ?? listBuilds(builds),
  };
}

const listBuilds = (builds: string[]) => (builds.length > 0 ? `Builds:\n${builds.join('\n')}` : null);

export const bodhi: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
