// GitHub, as a bridge puts its web hooks on the bus.
import { type Happening, say } from '../happening.ts';
import type { Person } from '../person.ts';
import { places } from '../places.ts';

const user = (person: Person) => ({
  login: person.username,
  id: person.username.length * 331,
  type: 'User',
  site_admin: false,
  url: `${places.github}/api/users/${person.username}`,
  html_url: `${places.github}/${person.username}`,
});

function repository(path: string) {
  const [owner, name] = path.split('/');
  return {
    id: path.length * 7_001,
    name,
    full_name: path,
    private: false,
    fork: false,
    description: `${name}, made by ${owner}`,
    default_branch: 'main',
    master_branch: 'main',
    html_url: `${places.github}/${path}`,
    url: `${places.github}/api/repos/${path}`,
    owner: { login: owner, type: 'Organization', html_url: `${places.github}/${owner}` },
  };
}

export interface GithubThing {
  project: string;
  number: number;
  title: string;
  text: string;
  by: Person;
  at: Date;
  state: 'open' | 'closed';
  merged: boolean;
  labels: string[];
  comments: number;
}

const thing = (one: GithubThing, folder: 'issues' | 'pull') => ({
  id: one.number * 11,
  number: one.number,
  title: one.title,
  body: one.text,
  state: one.state,
  locked: false,
  labels: one.labels.map((name) => ({ name, color: 'fbca04' })),
  comments: one.comments,
  assignee: null,
  milestone: null,
  user: user(one.by),
  created_at: one.at.toISOString(),
  updated_at: one.at.toISOString(),
  html_url: `${places.github}/${one.project}/${folder}/${one.number}`,
  url: `${places.github}/api/repos/${one.project}/${folder}/${one.number}`,
});

const common = (project: string, agent: Person, also: Person[] = []) => ({
  sender: user(agent),
  repository: repository(project),
  fas_usernames: Object.fromEntries([agent, ...also].map(({ username }) => [username, username])),
});

export const githubIssue = (
  event: 'opened' | 'closed' | 'labeled',
  one: GithubThing,
  agent: Person,
  more: Record<string, unknown> = {},
): Happening =>
  say(`github.issue.${event}`, {
    action: event,
    issue: thing(one, 'issues'),
    ...common(one.project, agent, [one.by]),
    ...more,
  });

export const githubComment = (
  one: GithubThing,
  agent: Person,
  text: string,
  id: number,
  at: Date,
): Happening =>
  say('github.issue.comment', {
    action: 'created',
    issue: thing(one, 'issues'),
    comment: {
      id,
      body: text,
      user: user(agent),
      created_at: at.toISOString(),
      updated_at: at.toISOString(),
      html_url: `${places.github}/${one.project}/issues/${one.number}#issuecomment-${id}`,
    },
    ...common(one.project, agent, [one.by]),
  });

export const githubPullRequest = (event: 'opened' | 'closed', one: GithubThing, agent: Person): Happening =>
  say(`github.pull_request.${event}`, {
    action: event,
    number: one.number,
    pull_request: {
      ...thing(one, 'pull'),
      merged: one.merged,
      merged_by: one.merged ? user(agent) : null,
      additions: 12 + (one.number % 80),
      deletions: one.number % 30,
      changed_files: 1 + (one.number % 6),
      commits: 1,
      base: { ref: 'main', label: `${one.project.split('/')[0]}:main`, user: user(one.by) },
      head: { ref: 'change', label: `${one.by.username}:change`, user: user(one.by) },
    },
    ...common(one.project, agent, [one.by]),
  });

export const githubStar = (project: string, agent: Person): Happening =>
  say('github.star', { action: 'started', ...common(project, agent) });

export const githubPush = (
  project: string,
  agent: Person,
  title: string,
  commit: string,
  at: Date,
): Happening => {
  const committed = {
    id: commit,
    message: title,
    timestamp: at.toISOString(),
    url: `${places.github}/${project}/commit/${commit}`,
    author: { name: agent.name, email: agent.email, username: agent.username },
    committer: { name: agent.name, email: agent.email, username: agent.username },
    added: [],
    removed: [],
    modified: ['README.md'],
  };
  return say('github.push', {
    ref: 'refs/heads/main',
    before: [...commit].reverse().join(''),
    after: commit,
    created: false,
    deleted: false,
    forced: false,
    compare: `${places.github}/${project}/compare/${commit.slice(0, 12)}`,
    commits: [committed],
    head_commit: committed,
    pusher: { name: agent.username, email: agent.email },
    ...common(project, agent),
  });
};
