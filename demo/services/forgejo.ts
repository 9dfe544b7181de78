// Forgejo, as a bridge puts its web hooks on the bus.
import { type Happening, say } from '../happening.ts';
import type { Person } from '../person.ts';
import { places } from '../places.ts';

const user = (person: Person) => ({
  id: person.username.length * 977,
  login: person.username,
  username: person.username,
  full_name: person.name,
  email: `${person.username}@noreply.forge.meadow.example`,
  avatar_url: `${places.forgejo}/avatars/${person.username}`,
  html_url: `${places.forgejo}/${person.username}`,
  visibility: 'public',
});

function repository(path: string) {
  const [owner = '', name] = path.split('/');
  return {
    id: path.length * 53,
    owner: { login: owner, username: owner, full_name: owner, html_url: `${places.forgejo}/${owner}` },
    name,
    full_name: path,
    description: `${name} of ${owner}`,
    private: false,
    fork: false,
    internal: false,
    default_branch: 'main',
    html_url: `${places.forgejo}/${path}`,
    url: `${places.forgejo}/api/v1/repos/${path}`,
  };
}

export interface ForgejoThing {
  project: string;
  number: number;
  title: string;
  text: string;
  by: Person;
  at: Date;
  state: 'open' | 'closed';
  isPull: boolean;
  comments: number;
}

const thing = (one: ForgejoThing) => ({
  id: one.number * 40,
  number: one.number,
  title: one.title,
  body: one.text,
  state: one.state,
  user: user(one.by),
  labels: [],
  milestone: null,
  assignee: null,
  assignees: null,
  is_locked: false,
  comments: one.comments,
  created_at: one.at.toISOString(),
  updated_at: one.at.toISOString(),
  html_url: `${places.forgejo}/${one.project}/${one.isPull ? 'pulls' : 'issues'}/${one.number}`,
  url: `${places.forgejo}/api/v1/repos/${one.project}/issues/${one.number}`,
});

const pull = (one: ForgejoThing, agent: Person) => ({
  ...thing(one),
  draft: false,
  merged: one.state === 'closed',
  merged_by: one.state === 'closed' ? user(agent) : null,
  additions: one.number % 90,
  deletions: one.number % 40,
  changed_files: 1 + (one.number % 5),
  base: { label: 'main', ref: 'main', repo: repository(one.project) },
  head: { label: 'change', ref: 'change', repo: repository(one.project) },
});

export const forgejoPullRequest = (
  action: 'opened' | 'closed',
  one: ForgejoThing,
  agent: Person,
): Happening =>
  say('forgejo.pull_request', {
    action,
    number: one.number,
    commit_id: '',
    pull_request: pull(one, agent),
    repository: repository(one.project),
    requested_reviewer: null,
    review: null,
    sender: user(agent),
  });

export const forgejoIssue = (action: 'opened' | 'closed', one: ForgejoThing, agent: Person): Happening =>
  say('forgejo.issues', {
    action,
    number: one.number,
    issue: thing(one),
    repository: repository(one.project),
    sender: user(agent),
    commit_id: '',
  });

export const forgejoComment = (
  one: ForgejoThing,
  agent: Person,
  text: string,
  id: number,
  at: Date,
): Happening =>
  say('forgejo.issue_comment', {
    action: 'created',
    issue: { ...thing(one), pull_request: one.isPull ? { merged: false, draft: false } : null },
    ...(one.isPull && { pull_request: pull(one, agent) }),
    comment: {
      id,
      body: text,
      user: user(agent),
      created_at: at.toISOString(),
      updated_at: at.toISOString(),
      html_url: `${thing(one).html_url}#issuecomment-${id}`,
      issue_url: one.isPull ? '' : thing(one).html_url,
      pull_request_url: one.isPull ? thing(one).html_url : '',
    },
    repository: repository(one.project),
    sender: user(agent),
    is_pull: one.isPull,
  });

export const forgejoPush = (
  project: string,
  agent: Person,
  title: string,
  commit: string,
  at: Date,
): Happening => {
  const committed = {
    id: commit,
    message: `${title}\n`,
    url: `${places.forgejo}/${project}/commit/${commit}`,
    author: { name: agent.name, email: agent.email, username: agent.username },
    committer: { name: agent.name, email: agent.email, username: agent.username },
    verification: null,
    timestamp: at.toISOString(),
    added: [],
    removed: [],
    modified: ['roles/base/tasks/main.yml'],
  };
  const before = [...commit].reverse().join('');
  return say('forgejo.push', {
    ref: 'refs/heads/main',
    before,
    after: commit,
    compare_url: `${places.forgejo}/${project}/compare/${before}...${commit}`,
    commits: [committed],
    total_commits: 1,
    head_commit: committed,
    repository: repository(project),
    pusher: user(agent),
    sender: user(agent),
  });
};
