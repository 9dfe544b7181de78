// Pagure as fedmsg said it: pagure.io and dist-git.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Subject } from '../rule.ts';
import { fill, person, rpm, type Value } from '../sentence.ts';
import { branchName, commitSummary, mentionsIn, series, whole } from '../words.ts';
import { type Project, projectAt, requestPath } from './pagure-project.ts';

/** Topic after `pagure.`: the first that it starts with says it. */
const sentences: [string, string][] = [
  ['project.new', '{agent} created a new project "{project}"'],
  ['issue.new', '{agent} opened a new ticket {thing}: "{title}"'],
  ['issue.drop', '{agent} deleted ticket {thing}: "{title}"'],
  ['issue.comment.edited', '{agent} edited a comment on ticket {thing}: "{title}"'],
  ['issue.comment.added', '{agent} commented on ticket {thing}: "{title}"'],
  ['issue.tag.added', '{agent} tagged ticket {thing}: {tags}'],
  ['issue.tag.removed', '{agent} removed the {tags} tags from ticket {thing}'],
  ['pull-request.tag.added', '{agent} tagged pull-request {thing}: {tags}'],
  ['pull-request.tag.removed', '{agent} removed the {tags} tags from pull-request {thing}'],
  ['issue.assigned.added', '{agent} assigned ticket {thing}[ to {assignee}]'],
  ['issue.assigned.reset', '{agent} reset the assignee of ticket {thing}'],
  ['issue.dependency.added', '{agent} added ticket {thing} as a dependency of ticket {project}#{added}'],
  [
    'issue.dependency.removed',
    '{agent} removed ticket {thing} as a dependency of ticket {project}#{removed}',
  ],
  ['issue.edit', '{agent} edited the {fields} fields of ticket {thing}'],
  ['project.edit', '{agent} edited the {fields} fields of project {project}'],
  ['project.group.added', '{agent} added group "{newGroup}" to project {project}[ with {access} access]'],
  [
    'project.group.access.updated',
    '{agent} updated access of group "{newGroup}" to {newAccess} on project {project}',
  ],
  ['project.user.added', '{agent} added "{newUser}" to project {project}[ with {access} access]'],
  [
    'project.user.access.updated',
    '{agent} updated access of "{newUser}" to {newAccess} in project {project}',
  ],
  ['project.tag.removed', '{agent} removed tags "{tags}" from project {project}'],
  ['project.tag.edited', '{agent} altered tags on project {project} from "{oldTag}" to "{newTag}"'],
  ['project.forked', '{agent} forked {parent} to {project}'],
  ['pull-request.comment.added', '{agent} commented on PR #{id} on {project}'],
  ['pull-request.comment.edited', '{agent} edited a comment on PR #{id} on {project}'],
  ['pull-request.closed', '{agent} {closed} pull request #{id} on {project}'],
  ['pull-request.new', '{agent} opened pull request #{id} on {project}: {title}'],
  ['pull-request.updated', 'Pull-request #{id} has been updated'],
  ['pull-request.rebased', 'Pull-request #{id} has been rebased'],
  ['pull-request.flag.added', '{flagger} flagged {thing} with "{comment}"'],
  ['pull-request.flag.updated', '{flagger} updated the flags on {thing} with: "{comment}"'],
  ['request.assigned.added', '{agent} assigned PR {thing}[ to {assignee}]'],
  ['request.assigned.reset', '{agent} reset the assignee of PR {thing}'],
  ['project.deleted', '{agent} deleted the project "{project}"'],
  ['commit.flag.added', '{flagger} added a flag on the commit {commit} of the project {project}'],
  ['commit.flag.updated', '{flagger} updated its flag on the commit {commit} of the project {project}'],
  ['project.user.removed', '{agent} removed "{removedUser}" from the project {project}'],
];

const statusSentence = '{agent} set the status of ticket {thing} to: {status}';
const pushSentence = '{agent} pushed {count} to {project}[ ({branch})]';
const commitSentence = '{agent} pushed to {project}[ ({branch})][. "{summary}"]';

/** pagure.io, or Pagure before dist-git. */
function siteOf(m: Subject): string | undefined {
  const host = m.topic.startsWith('io.pagure.') ? 'pagure.io' : 'src.fedoraproject.org';
  if (!m.isStaging) return `https://${host}`;
  return host === 'pagure.io' ? 'https://stg.pagure.io' : 'https://src.stg.fedoraproject.org';
}

export function describePagureFedmsg(m: Subject): Said | undefined {
  const event = m.kind.replace(/^pagure\./, '');
  const isPush = event.startsWith('git.receive');
  const isOldPush = isPush && m.at('commit') !== undefined;
  const thing = m.at('issue') === undefined ? requestPath(m) : 'issue';
  const project =
    isPush || event.startsWith('commit.flag')
      ? projectAt(m, isOldPush ? 'commit.repo' : 'repo')
      : (projectAt(m, 'project') ?? projectAt(m, `${thing}.project`));
  const email = m.text('commit.email');
  const agent = m.text('agent') ?? (isOldPush && email ? m.personOf(email) : undefined);
  const name = project?.fullname;
  const id = m.text(`${thing}.id`);
  const values = valuesOf(m, thing, project, agent);
  const assignee = m.text(`${thing}.assignee.name`);
  return {
    sentence: fill(templateOf(m, event, isPush, isOldPush) ?? '{unknown}', values),
    link: linkOf(m, event, thing, name ?? '(unknown)'),
    picture: m.text('agent') ? avatarOrMachine(m.text('agent') ?? '') : null,
    agent: agent ?? null,
    people: [agent],
    concerns: [
      assignee,
      m.text(`${thing}.user.name`),
      m.text('new_user'),
      m.text('removed_user'),
      ...mentionsIn(commentOf(m, thing)),
    ],
    packages: [],
    objects: [...objectOf(event, id), whole`project/${name ?? '(unknown)'}`],
    touches: name
      ? [`project:${name}`, ...(project?.namespace === 'rpms' ? [`package:${project.name}` as const] : [])]
      : [],
    body: commentOf(m, thing),
  };
}

function templateOf(m: Subject, event: string, isPush: boolean, isOldPush: boolean): string | undefined {
  if (isPush) return isOldPush ? commitSentence : pushSentence;
  const fields = m.texts('fields');
  if (event.startsWith('issue.edit') && fields.length === 1 && fields[0] === 'status') return statusSentence;
  return sentences.find(([start]) => event.startsWith(start))?.[1];
}

const seriesAt = (m: Subject, path: string): string | undefined =>
  m.at(path) === undefined ? undefined : series(m.texts(path));

function valuesOf(m: Subject, thing: string, project: Project | undefined, agent: string | undefined) {
  const name = project?.fullname ?? '(unknown)';
  const shown: Value = project?.namespace === 'rpms' ? rpm(project.name, name) : name;
  const id = m.text(`${thing}.id`);
  const commits = m.text('total_commits');
  const summary = m.text('commit.summary');
  const someone = (path: string): Value => (m.text(path) ? person(m.text(path)) : undefined);
  return {
    agent: person(agent),
    project: shown,
    thing: id === undefined ? undefined : [rpmOrText(shown), { type: 'text' as const, text: `#${id}` }],
    id,
    title: m.text(`${thing}.title`),
    tags: seriesAt(m, 'tags'),
    fields: seriesAt(m, 'fields'),
    status: m.text('issue.status'),
    assignee: someone(`${thing}.assignee.name`),
    added: m.text('added_dependency'),
    removed: m.text('removed_dependency') ?? (m.texts('removed_dependency').join(', #') || undefined),
    newGroup: m.text('new_group'),
    access: m.firstText('access'),
    newAccess: m.text('new_access'),
    newUser: someone('new_user'),
    removedUser: someone('removed_user'),
    oldTag: m.text('old_tag'),
    newTag: m.text('new_tag'),
    parent: m.text('project.parent.name'),
    closed: m.at('merged') ? 'merged' : 'closed (without merging)',
    flagger: someone('flag.username'),
    comment: m.text('flag.comment'),
    commit: m.text('flag.commit_hash')?.slice(0, 8),
    count: commits && `${commits} ${commits === '1' ? 'commit' : 'commits'}`,
    branch: branchName(m.firstText('branch', 'commit.branch') ?? '') || undefined,
    summary: summary === undefined ? undefined : commitSummary(summary, m.text('commit.message')),
  } satisfies Record<string, Value>;
}

const rpmOrText = (value: Value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : { type: 'text' as const, text: String(value) };

const commentOf = (m: Subject, thing: string): string | undefined => {
  if (m.kind.includes('.comment.')) return m.firstText('comment.comment', `${thing}.comments.-1.comment`);
  if (m.action === 'new') return m.firstText(`${thing}.content`, `${thing}.initial_comment`);
  return undefined;
};

function objectOf(event: string, id: string | undefined): (string | undefined)[] {
  if (id === undefined || event.startsWith('project')) return [];
  if (event.startsWith('issue')) return [whole`issue/${id}`];
  return /^(pull-request|request)/.test(event) ? [whole`pull-request/${id}`] : [];
}

function linkOf(m: Subject, event: string, thing: string, project: string): string | undefined {
  const site = siteOf(m);
  const id = m.text(`${thing}.id`);
  if (event.startsWith('issue')) {
    const comment = event.startsWith('issue.comment.edited')
      ? m.text('comment.id')
      : event.startsWith('issue.comment.added')
        ? m.text('issue.comments.-1.id')
        : undefined;
    if (event.startsWith('issue.comment.edited') && project === '(unknown)') return site;
    return whole`${site}/${project}/issue/${id}${comment ? `#comment-${comment}` : ''}`;
  }
  if (event.startsWith('pull-request') || event.startsWith('request')) {
    const comment = event.includes('comment')
      ? (m.text(`${thing}.comments.-1.id`) ?? m.text('comment.id'))
      : undefined;
    return whole`${site}/${project}/pull-request/${id}${comment ? `#comment-${comment}` : ''}`;
  }
  if (event.startsWith('project.deleted')) return site;
  if (event.startsWith('project')) return whole`${site}/${project}`;
  if (event.startsWith('commit.flag')) return whole`${site}/${project}/c/${m.text('flag.commit_hash')}`;
  if (!event.startsWith('git.receive')) return site;
  const rev = m.text('commit.rev');
  return whole`${site}/${project}/${rev ?? `tree/${branchName(m.text('branch') ?? '')}`}`;
}
