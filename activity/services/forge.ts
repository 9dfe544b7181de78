// What happened in a forge, from the body of its webhook: Forgejo, GitHub and GitLab name most things alike.
import { avatarOf } from '../avatar.ts';
import type { Said, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { branchName, mentionsIn, whole } from '../words.ts';

const sentences: Record<string, string> = {
  push: '{agent} pushed {commits} to {repo}[ ({branch})]',
  pull_request: '{agent} {action} pull request {repo}#{number}[: {title}]',
  pull_request_comment: '{agent} commented on pull request {repo}#{number}[: {title}]',
  merge_request: '{agent} {action} merge request {repo}!{number}[: {title}]',
  issues: '{agent} {action} issue {repo}#{number}[: {title}]',
  issue: '{agent} {action} issue {repo}#{number}[: {title}]',
  issue_comment: '{agent} commented on {kind} {repo}#{number}[: {title}]',
  note: '{agent} commented on {repo}[: {title}]',
  fork: '{agent} forked {repo}[ to {forkee}]',
  create: '{agent} created the {refType} {branch} in {repo}',
  delete: '{agent} deleted the {refType} {branch} in {repo}',
  release: '{agent} {action} release {release} of {repo}',
  repository: '{agent} {action} the repository {repo}',
  action_run_success: 'Workflow {workflow} of {repo} succeeded[: {run}]',
  action_run_failure: 'Workflow {workflow} of {repo} failed[: {run}]',
  action_run_recover: 'Workflow {workflow} of {repo} recovered[: {run}]',
  action_run_cancelled: 'Workflow {workflow} of {repo} was cancelled[: {run}]',
};

/** Webhooks say a verb's stem or its past. */
const actions: Record<string, string> = {
  open: 'opened',
  close: 'closed',
  reopen: 'reopened',
  merge: 'merged',
  update: 'updated',
  synchronize: 'updated',
  synchronized: 'updated',
  approved: 'approved',
  review_requested: 'asked for a review of',
  reviewed: 'reviewed',
  assigned: 'assigned',
  label_updated: 'labelled',
};

/** `root` is where the webhook's body stands in ours: nowhere deeper, or `body.`. */
export function describeForge(m: Subject, root: string, event: string): Said {
  const first = (...paths: string[]) => m.firstText(...paths.map((path) => root + path));
  const request = m.at(`${root}pull_request`) === undefined ? 'issue' : 'pull_request';
  const repo = first(
    'repository.full_name',
    'run.repository.full_name',
    'project.path_with_namespace',
    'repository.name',
  );
  const agent = first(
    'sender.login',
    'pusher.login',
    'user.username',
    'user_username',
    'run.trigger_user.login',
  );
  const action = first('action', 'object_attributes.action', 'object_attributes.state') ?? 'changed';
  const merged = m.at(`${root}pull_request.merged`) === true;
  const commits = first('total_commits', 'total_commits_count') ?? String(m.list(`${root}commits`).length);
  const ref = first('ref', 'object_attributes.source_branch');
  const words = first(
    'comment.body',
    'review.content',
    'object_attributes.note',
    `${request}.body`,
    'object_attributes.description',
  );
  const template = sentences[event];
  const author = first(`${request}.user.login`);
  const assigned = m.texts(`${root}${request}.assignees`, 'login');
  const asked = [
    ...m.texts(`${root}${request}.requested_reviewers`, 'login'),
    ...m.texts(`${root}reviewers`, 'username'),
    ...m.texts(`${root}assignees`, 'username'),
  ];
  const number = first('number', `${request}.number`, 'issue.number', 'object_attributes.iid');
  return {
    sentence: fill(template, {
      agent: person(agent),
      repo,
      number,
      action: action === 'closed' && merged ? 'merged' : (actions[action] ?? action.replaceAll('_', ' ')),
      kind: m.at(`${root}is_pull`) === true || request === 'pull_request' ? 'pull request' : 'issue',
      title: first(`${request}.title`, 'issue.title', 'object_attributes.title', 'merge_request.title'),
      commits: commits === '1' ? '1 commit' : `${commits} commits`,
      branch: ref && branchName(ref),
      forkee:
        first('forkee.full_name') && repo !== first('forkee.full_name')
          ? first('forkee.full_name')
          : undefined,
      refType: first('ref_type') ?? 'branch',
      release: first('release.tag_name', 'release.name'),
      workflow: first('run.workflow_id'),
      run: first('run.title'),
    }),
    link: first(
      'comment.html_url',
      `${request}.html_url`,
      'object_attributes.url',
      'run.html_url',
      'release.html_url',
      'compare_url',
      'compare',
      'forkee.html_url',
      'repository.html_url',
      'repository.homepage',
    ),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [agent, author],
    concerns: [author, ...assigned, ...asked, ...mentionsIn(words)],
    objects: repo ? [number ? whole`${repo}/${number}` : repo] : [],
    touches: repo ? [`project:${repo}`] : [],
    body: words ?? listCommits(m, `${root}commits`),
  };
}

/** The first lines of the commits of a push. */
function listCommits(m: Subject, path: string): string | null {
  const lines = m.texts(path, 'message').map((message) => `- ${message.split('\n')[0]}`);
  return lines.length > 0 ? lines.join('\n') : null;
}
