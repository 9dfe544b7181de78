// Pagure, as a forge (pagure.io) and in front of dist-git: as fedora-messaging's classes say it.
import { avatarOf } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm, type Value } from '../sentence.ts';
import { branchName, mentionsIn, whole } from '../words.ts';
import { describePagureFedmsg } from './pagure-fedmsg.ts';
import { projectOf, requestPath } from './pagure-project.ts';

const icon = 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png';
const schemaIcon = 'https://apps.fedoraproject.org/img/icons/pagure.png';

const sentences: Record<string, string> = {
  'issue.assigned.added': '{agent} assigned issue {thing} to {assignee}',
  'issue.assigned.reset': '{agent} reset the assignee on issue {thing}',
  'issue.comment.added': '{agent} commented on the issue {thing}',
  'issue.comment.edited': '{agent} edited a comment on the issue {thing}',
  'issue.dependency.added': '{agent} set the issue {thing} as depending on #{added}',
  'issue.dependency.removed': '{agent} removed the dependency on #{removed} on the issue {thing}',
  'issue.drop': '{agent} deleted issue {thing}: {title}',
  'issue.edit': '{agent} edited fields {fields} of issue {thing}: {title}',
  'issue.new': '{agent} created issue {thing}: {title}',
  'issue.tag.added': '{agent} tagged the issue {thing} with: {tags}',
  'issue.tag.removed': '{agent} removed tags {tags} from issue {thing}',
  'pull-request.assigned.added': '{agent} assigned the pull-request {thing} to {assignee}',
  'pull-request.assigned.reset': '{agent} reset the assignee of the pull-request {thing}',
  'pull-request.closed': '{agent} {closed} the pull-request {thing}',
  'pull-request.comment.added': '{agent} commented on the pull-request {thing}',
  'pull-request.comment.edited': '{agent} edited comment on the pull-request {thing}',
  'pull-request.flag.added': 'Pull-request {thing} was flagged as {status} by {flagger}',
  'pull-request.flag.updated': '{flagger} updated flag on pull-request {thing} to {status}',
  'pull-request.initial_comment.edited': '{agent} has edited the description of the pull-request {thing}',
  'pull-request.new': '{agent} opened a pull-request {thing}: {title}',
  'pull-request.rebased': '{agent} rebased the pull-request {thing}',
  'pull-request.reopened': '{agent} re-opened the pull-request {thing}',
  'pull-request.tag.added': '{agent} tagged the pull-request {thing} with {tags}',
  'pull-request.tag.removed': '{agent} un-tagged the pull-request {thing} with: {tags}',
  'pull-request.updated': '{agent} updated the pull-request {thing}',
  'git.receive': '{agent} pushed {count} commits on {project} (branch: {branch})',
  'git.branch.creation': '{agent} created the branch {rawBranch} on {project}',
  'git.branch.deletion': '{agent} deleted the branch {rawBranch} on {project}',
  'git.tag.creation': '{agent} tagged the commit {rev} on {project} as {tag}',
  'git.tag.deletion': '{agent} deleted the tag {tag} of commit {rev} on {project}',
  'commit.flag.added': 'Commit {commit} of project {project} was flagged as {status} by {flagger}',
  'commit.flag.updated': '{flagger} updated flag on commit {commit} of project {project} to {status}',
  'group.edit': '{agent} edited the fields {fields} of the group {group}',
  'Test.notification': 'Test notification',
  'project.new': '{agent} created project "{project}"',
  'project.edit': '{agent} edited the fields {fields} of project "{project}"',
  'project.forked': '{agent} forked project "{parent}" to {project}',
  'project.deleted': '{agent} deleted project "{project}"',
  'project.group.added':
    '{agent} added the group {newGroup} to the project "{project}" at the {access} level',
  'project.group.removed': '{agent} removed the group(s) {removedGroups} from the project "{project}"',
  'project.group.access.updated':
    '{agent} updated the access of group {newGroup} to {newAccess} on the project "{project}"',
  'project.tag.edited': '{agent} edited the tag {newTag} on the project "{project}"',
  'project.tag.removed': '{agent} removed the tag(s) {tags} of project "{project}"',
  'project.user.access.updated':
    '{agent} updated the access of {newUser} to {newAccess} on the project "{project}"',
  'project.user.added': '{agent} added the {newUser} to the project "{project}"',
  'project.user.removed': '{agent} removed the {removedUser} from the project "{project}"',
};

/** A list that is there but empty names nothing; one that is missing makes the sentence simpler. */
const joined = (m: Subject, path: string, separator = ', ') =>
  Array.isArray(m.at(path)) ? m.texts(path).join(separator) : undefined;

/** Where the thing the message is about stands in the body. */
const thingPath = (m: Subject) => (m.at('issue') === undefined ? requestPath(m) : 'issue');

function describe(m: Subject): Said | undefined {
  const event = m.kind.replace(/^pagure\./, '');
  const template = sentences[event];
  const thing = thingPath(m);
  const project = projectOf(m);
  const name = project?.fullname;
  const id = m.text(`${thing}.id`);
  const agent = m.text('agent');
  const person1 = (path: string): Value => (m.text(path) ? person(m.text(path)) : undefined);
  const assignee = m.text(`${thing}.assignee.name`);
  const isPackage = project?.namespace === 'rpms';
  const shown: Value = isPackage ? rpm(project?.name, name) : name;
  const subject = name && id ? [shown, `#${id}`] : undefined;
  return {
    sentence: fill(template, {
      agent: person(agent),
      project: shown,
      thing: subject && [asPart(shown), { type: 'text', text: `#${id}` }],
      title: m.text(`${thing}.title`),
      assignee: assignee ? person(assignee) : 'someone',
      added: m.text('added_dependency'),
      removed: joined(m, 'removed_dependency', ', #') ?? m.text('removed_dependency'),
      fields: joined(m, 'fields'),
      tags: joined(m, 'tags'),
      closed: m.at('merged') ? 'merged' : 'closed without merging',
      status: m.text('flag.status'),
      flagger: person1('flag.username'),
      count: m.text('total_commits'),
      branch: branchName(m.text('branch') ?? '') || undefined,
      rawBranch: m.text('branch'),
      rev: m.text('rev'),
      tag: m.text('tag'),
      commit: m.text('flag.commit_hash'),
      group: m.text('group.name'),
      parent: m.text('project.parent.fullname'),
      newGroup: m.text('new_group'),
      access: m.text('access'),
      newAccess: m.text('new_access'),
      removedGroups: joined(m, 'removed_groups'),
      newTag: m.text('new_tag'),
      newUser: person1('new_user'),
      removedUser: person1('removed_user'),
    }),
    link: linkOf(m, event, thing),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: id ? [agent, m.text(`${thing}.user.name`), assignee] : [agent],
    concerns: [m.text('new_user'), m.text('removed_user'), ...mentionsIn(commentOf(m, thing))],
    packages: event.startsWith('git.') && isPackage ? [project?.name] : [],
    objects: [
      ...(id ? [whole`${thing === 'issue' ? 'issue' : 'pull-request'}/${id}`] : []),
      ...(name ? [whole`project/${name}`] : []),
    ],
    touches: [
      ...(name ? [`project:${name}` as const] : []),
      ...(isPackage && project?.name ? [`package:${project.name}` as const] : []),
    ],
    body: commentOf(m, thing),
  };
}

const asPart = (value: Value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : { type: 'text' as const, text: String(value) };

/** The words of the newest comment, or of what was opened. */
const commentOf = (m: Subject, thing: string): string | undefined => {
  if (m.kind.includes('.comment.')) return m.firstText('comment.comment', `${thing}.comments.-1.comment`);
  if (m.action === 'new') return m.firstText(`${thing}.content`, `${thing}.initial_comment`);
  return undefined;
};

function linkOf(m: Subject, event: string, thing: string): string | undefined {
  if (event === 'Test.notification') return `https://${m.isStaging ? 'stg.' : ''}pagure.io`;
  const project = m.firstText('repo.full_url', 'project.full_url', `${thing}.project.full_url`);
  if (event === 'issue.drop') return project && whole`${project}/issues`;
  if (event.startsWith('git.')) return project && `${project}${gitPath(m, event)}`;
  if (event.startsWith('commit.flag')) return project && whole`${project}/c/${m.text('flag.commit_hash')}`;
  const full = m.text(`${thing}.full_url`);
  const comment = event.includes('.comment.') ? m.text(`${thing}.comments.-1.id`) : undefined;
  if (full) return comment ? `${full}#comment-${comment}` : full;
  return m.text('group.full_url') ?? project;
}

function gitPath(m: Subject, event: string): string | undefined {
  const end = m.text('end_commit');
  if (event === 'git.branch.creation') return whole`/tree/${branchName(m.text('branch') ?? '')}`;
  if (event === 'git.tag.creation') return whole`/commits/${m.text('tag')}`;
  if (event === 'git.tag.deletion') return '/releases';
  if (event !== 'git.receive' || !end) return '';
  return m.text('total_commits') === '1' ? whole`/c/${end}` : whole`/c/${m.text('old_commit')}..${end}`;
}

export const pagure: Service = { icon, schemaIcon, fedmsg: describePagureFedmsg, schema: describe };
