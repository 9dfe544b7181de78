// GitHub as fedmsg told it: the webhook's body and `fas_usernames`, who is who in the accounts system.
import { isRecord } from '../../bus/bad-message.ts';
import { avatarOrMachine } from '../avatar.ts';
import { text, texts } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { mentionsIn, whole } from '../words.ts';
import { describeWebhook } from './webhook.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/github.png';
const schemaIcon = 'https://apps.fedoraproject.org/img/icons/webhook-to-fedora-messaging.png';

const pullActions: Record<string, string> = { synchronize: 'synchronized' };

const reviews: Record<string, string> = {
  pending: '{user} commented on PR #{n} on {repo} which is in pending state',
  approved: '{user} approved the changes on PR #{n} on {repo}',
  changes_requested: '{user} requested changes on PR #{n} on {repo}',
  commented: '{user} commented on PR #{n} on {repo}',
};

/** Topic after `github.`: the first that it starts with says it. */
const sentences: [string, string][] = [
  ['webhook', 'A new github repository has been added to fedmsg'],
  ['deployment_status', '{user}\'s deployment status for {repo} updated to "{deployment}"'],
  ['push', '{user} pushed {commits} commit(s) to {repo}'],
  ['pull_request_review_comment', '{user} commented on PR #{n} on {repo}'],
  ['commit_comment', '{user} commented on a commit on {repo}'],
  ['create', '{user} created a new {type} "{ref}" at {repo}'],
  ['delete', '{user} deleted the "{ref}" {type} at {repo}'],
  ['fork', '{user} forked {repo}'],
  ['status', '{description} for {repo} {sha}'],
  ['watch', '{user} {action} watching {repo}'],
  ['star', '{user} {starred} {repo}'],
  ['release', '{user} cut a release of {name}, version {version}'],
  ['page_build', '{user} rebuilt the github.io page for {repo}'],
  ['team_add', "The '{team}' team was added to the {repo} repository"],
];

function templateOf(m: Subject, event: string): string | undefined {
  const action = m.text('action');
  if (event.startsWith('pull_request.') || event === 'pull_request')
    return `{user} {pull} pull request #{n} on {repo}${action === 'opened' ? '[: {title}]' : ''}`;
  if (event.startsWith('issue.') || event === 'issue') {
    if (m.at('comment') !== undefined) return '{user} commented on issue #{n} on {repo}';
    if (action === 'labeled') return '{user} added label {label} to issue #{n} on {repo}';
    return `{user} {action} issue #{n} on {repo}${action === 'opened' ? '[: {title}]' : ''}`;
  }
  if (event.startsWith('pull_request_review') && !event.startsWith('pull_request_review_comment'))
    return reviews[m.text('review.state') ?? ''];
  if (event.startsWith('member'))
    return action === 'added'
      ? '{user} added {member} as a member of {repo}'
      : '{user} removed member {member} from {repo}';
  return sentences.find(([start]) => event.startsWith(start))?.[1];
}

const loginOf = (m: Subject) =>
  m.firstText('commit.author.login', 'pusher.name', 'sender.login', 'forkee.owner.login');

function repoOf(m: Subject): string | undefined {
  const owner = m.firstText('repository.owner.login', 'repository.owner.name');
  const name = m.text('repository.name');
  return owner && name ? whole`${owner}/${name}` : undefined;
}

function describe(m: Subject): Said | undefined {
  // Webhooks of today carry the event in a body of their own.
  if (isRecord(m.at('body')) || m.at('fas_usernames') === undefined) return undefined;
  const event = m.kind.slice('github.'.length);
  const login = loginOf(m);
  const inAccounts = (name: string | undefined) =>
    name ? (m.text(`fas_usernames.${name}`) ?? name) : undefined;
  const user = inAccounts(login);
  const repo = repoOf(m);
  const template = templateOf(m, event);
  const action = m.text('action');
  const known = Object.values(m.record('fas_usernames')).filter(
    (name): name is string => typeof name === 'string' && !name.startsWith('github_org_'),
  );
  const asked = [m.text('assignee.login'), m.text('requested_reviewer.login'), m.text('member.login')];
  const words = m.firstText('comment.body', 'review.body', 'issue.body', 'pull_request.body');
  return {
    sentence: fill(template, {
      user: person(user),
      repo,
      name: m.text('repository.name'),
      n: m.firstText('number', 'issue.number', 'pull_request.number'),
      title: m.firstText('pull_request.title', 'issue.title'),
      pull: pullActions[action ?? ''] ?? action,
      action,
      commits: m.list('commits').length,
      label: m.text('label.name'),
      deployment: m.text('deployment_status.state'),
      type: m.text('ref_type'),
      ref: m.text('ref'),
      description: m.text('description'),
      sha: m.text('sha')?.slice(0, 8),
      starred: action === 'started' ? 'starred' : 'unstarred',
      version: m.text('release.tag_name'),
      team: m.text('team.slug'),
      member: m.text('member.login') && person(m.text('member.login')),
    }),
    link: linkOf(m, event),
    picture: event.startsWith('webhook') ? icon : user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    people: known,
    concerns: [...asked, ...mentionsIn(words)].map(inAccounts),
    objects: objectsOf(m, event, repo, user),
    touches: repo ? [`project:${repo}`] : [],
    body: words,
  };
}

function linkOf(m: Subject, event: string): string | undefined {
  const repository = m.text('repository.html_url');
  if (event.startsWith('deployment_status')) return m.text('deployment_status.target_url');
  if (event.startsWith('watch')) return repository && whole`${repository}/watchers`;
  if (event.startsWith('star')) return repository && whole`${repository}/stargazers`;
  if (event.startsWith('page_build')) {
    const [owner, name] = repository?.split('/').slice(-2) ?? [];
    return owner && whole`http://${owner}.github.io/${name}/`;
  }
  if (m.at('target_url') !== undefined && m.at('release') === undefined) return m.text('target_url');
  return m.firstText(
    'release.html_url',
    'compare',
    'comment.html_url',
    'review.html_url',
    'pull_request.html_url',
    'issue.html_url',
    'forkee.html_url',
    'repository.html_url',
  );
}

const filesOf = (commit: unknown) => ['added', 'removed', 'modified'].flatMap((kind) => texts(commit, kind));

function objectsOf(
  m: Subject,
  event: string,
  repo: string | undefined,
  user: string | undefined,
): (string | undefined)[] {
  const numbers = [m.firstText('number', 'issue.number', 'pull_request.number')];
  const known: Record<string, [folder: string, items: (string | undefined)[]]> = {
    push: ['tree', filesOf(m.list('commits').at(-1))],
    issue: ['issues', numbers],
    fork: ['forks', [user]],
    status: ['status', [text(m.body, 'commit.sha')]],
    pull_request: ['pull', numbers],
    pull_request_review: ['pull', numbers],
    pull_request_review_comment: ['pull', numbers],
    commit_comment: ['tree', [m.text('comment.path')]],
    release: ['releases', [m.text('release.tag_name')]],
    create: ['', [whole`${m.text('ref_type')}/${m.text('ref')}`]],
    delete: ['', [whole`${m.text('ref_type')}/${m.text('ref')}`]],
    watch: ['', ['watchers']],
    star: ['', ['stargazers']],
    page_build: ['page_build', []],
    team_add: ['team_add', []],
    member: ['member', []],
    deployment_status: ['deployment_status', []],
  };
  const kind = event.split('.')[0] ?? '';
  const [folder, items] = (Object.hasOwn(known, kind) && known[kind]) || [];
  if (folder === undefined || !repo) return [];
  const base = folder ? whole`${repo}/${folder}` : repo;
  return items?.length ? items.map((item) => whole`${base}/${item}`) : [base];
}

export const github: Service = { icon, schemaIcon, fedmsg: describe, schema: describeWebhook };
