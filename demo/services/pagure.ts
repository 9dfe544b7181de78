// Pagure: tickets, pull requests and pushes of a project "namespace/name".
import type { Happening } from '../happening.ts';
import type { Person } from '../person.ts';
import { places } from '../places.ts';

const say = (topic: string, body: Record<string, unknown>): Happening => ({
  topic: `io.pagure.dev.pagure.${topic}`,
  body,
});

const seconds = (at: Date) => String(Math.floor(at.getTime() / 1_000));

const pagureUser = (person: Person) => ({
  name: person.username,
  fullname: person.name,
  url_path: `user/${person.username}`,
  full_url: `${places.pagure}/user/${person.username}`,
});

function project(path: string, owner: Person) {
  const [namespace, name] = path.split('/');
  return {
    id: path.length * 101,
    name,
    namespace,
    fullname: path,
    url_path: path,
    full_url: `${places.pagure}/${path}`,
    description: `The ${name} of ${namespace}`,
    parent: null,
    tags: [],
    date_created: '1631117496',
    user: pagureUser(owner),
    access_users: { owner: [owner.username], admin: [], commit: [], collaborator: [], ticket: [] },
    access_groups: { admin: [], commit: [namespace], collaborator: [], ticket: [] },
  };
}

export interface Comment {
  id: number;
  by: Person;
  text: string;
  at: Date;
}

const comments = (all: Comment[]) =>
  all.map(({ id, by, text, at }) => ({
    id,
    comment: text,
    parent: null,
    date_created: seconds(at),
    user: pagureUser(by),
  }));

export interface Issue {
  project: string;
  owner: Person;
  id: number;
  title: string;
  text: string;
  by: Person;
  at: Date;
  status: 'Open' | 'Closed';
  assignee: Person | null;
  tags: string[];
  comments: Comment[];
}

const issue = (one: Issue) => ({
  id: one.id,
  title: one.title,
  content: one.text,
  status: one.status,
  close_status: one.status === 'Closed' ? 'Fixed' : null,
  private: false,
  tags: one.tags,
  blocks: [],
  depends: [],
  assignee: one.assignee && pagureUser(one.assignee),
  comments: comments(one.comments),
  date_created: seconds(one.at),
  last_updated: seconds(one.comments.at(-1)?.at ?? one.at),
  milestone: null,
  priority: null,
  user: pagureUser(one.by),
  full_url: `${places.pagure}/${one.project}/issue/${one.id}`,
});

/** @param more what the event itself has, such as the tags that were added */
export const pagureIssue = (
  event: 'new' | 'comment.added' | 'assigned.added' | 'tag.added' | 'edit',
  one: Issue,
  agent: Person,
  more: Record<string, unknown> = {},
): Happening =>
  say(`issue.${event}`, {
    agent: agent.username,
    project: project(one.project, one.owner),
    issue: issue(one),
    ...more,
  });

export interface PullRequest {
  project: string;
  owner: Person;
  id: number;
  title: string;
  text: string;
  by: Person;
  at: Date;
  branch: string;
  status: 'Open' | 'Merged';
  commit: string;
  comments: Comment[];
}

export const pagurePullRequest = (
  event: 'new' | 'comment.added' | 'closed',
  one: PullRequest,
  agent: Person,
): Happening =>
  say(`pull-request.${event}`, {
    agent: agent.username,
    ...(event === 'closed' && { merged: true }),
    pullrequest: {
      id: one.id,
      uid: one.commit.slice(0, 32),
      title: one.title,
      initial_comment: one.text,
      status: one.status,
      branch: 'main',
      branch_from: one.branch,
      commit_start: one.commit,
      commit_stop: one.commit,
      comments: comments(one.comments).map((comment) => ({
        ...comment,
        commit: null,
        filename: null,
        line: null,
      })),
      assignee: null,
      tags: [],
      closed_by: one.status === 'Merged' ? pagureUser(agent) : null,
      date_created: seconds(one.at),
      last_updated: seconds(one.comments.at(-1)?.at ?? one.at),
      project: project(one.project, one.owner),
      repo_from: { ...project(one.project, one.owner), user: pagureUser(one.by) },
      user: pagureUser(one.by),
      full_url: `${places.pagure}/${one.project}/pull-request/${one.id}`,
    },
  });

export const pagurePush = (path: string, owner: Person, agent: Person, from: string, to: string): Happening =>
  say('git.receive', {
    agent: agent.username,
    forced: false,
    branch: 'refs/heads/main',
    start_commit: from,
    end_commit: to,
    total_commits: 1,
    repo: project(path, owner),
  });
