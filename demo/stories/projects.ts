// A project of a team, on the forge it lives on: tickets and changes.
import type { Story } from '../happening.ts';
import type { Person } from '../person.ts';
import { forgejoComment, forgejoIssue, forgejoPullRequest, forgejoPush } from '../services/forgejo.ts';
import { githubComment, githubIssue, githubPullRequest, githubPush, githubStar } from '../services/github.ts';
import { type Comment, pagureIssue, pagurePullRequest, pagurePush } from '../services/pagure.ts';
import { replies } from '../words.ts';
import type { Team, World } from '../world.ts';

const forgeOf = (project: string): 'github' | 'forgejo' | 'pagure' => {
  if (/^(meadow|web)\//.test(project)) return 'github';
  return /^(infra|design|python)\//.test(project) ? 'forgejo' : 'pagure';
};

/** Two or three of the team, and now and then somebody from outside who begins. */
function cast({ people, chance }: World, team: Team): { author: Person; owner: Person; others: Person[] } {
  const owner = chance.pick(team.sponsors);
  const author = chance.next() < 0.3 ? chance.pick(people) : chance.pick(team.members);
  const others = chance.some(
    team.members.filter((one) => one !== author),
    2,
  );
  return { author, owner, others };
}

const why = 'I ran into this yesterday; it happens every time. I can help with testing.';

export function* ticketStory(world: World, team: Team, project: string): Story {
  const { chance, now, number } = world;
  const { author, owner, others } = cast(world, team);
  const title = chance.pick(team.words.tasks);
  const forge = forgeOf(project);
  if (forge === 'github') {
    const issue = {
      ...{ project, number: number(), title, text: why, by: author, at: now() },
      ...{ state: 'open' as 'open' | 'closed', merged: false, labels: [] as string[], comments: 0 },
    };
    yield githubIssue('opened', issue, author);
    issue.labels.push('good first issue');
    yield githubIssue('labeled', issue, owner, { label: { name: 'good first issue', color: '7057ff' } });
    for (const other of others) {
      issue.comments++;
      yield githubComment(issue, other, chance.pick(replies), number(), now());
    }
    issue.state = 'closed';
    return yield githubIssue('closed', issue, owner);
  }
  if (forge === 'forgejo') {
    const issue = {
      ...{ project, number: number(), title, text: why, by: author, at: now() },
      ...{ state: 'open' as 'open' | 'closed', isPull: false, comments: 0 },
    };
    yield forgejoIssue('opened', issue, author);
    for (const other of others) {
      issue.comments++;
      yield forgejoComment(issue, other, chance.pick(replies), number(), now());
    }
    issue.state = 'closed';
    return yield forgejoIssue('closed', issue, owner);
  }
  const issue = {
    ...{ project, owner, id: number(), title, text: why, by: author, at: now() },
    ...{ status: 'Open' as 'Open' | 'Closed', assignee: null as Person | null },
    ...{ tags: [] as string[], comments: [] as Comment[] },
  };
  yield pagureIssue('new', issue, author);
  issue.tags.push('easyfix');
  yield pagureIssue('tag.added', issue, owner, { tags: ['easyfix'] });
  for (const other of others) {
    issue.comments.push({ id: number(), by: other, text: chance.pick(replies), at: now() });
    yield pagureIssue('comment.added', issue, other);
  }
  issue.assignee = others[0] ?? owner;
  yield pagureIssue('assigned.added', issue, owner);
  issue.status = 'Closed';
  yield pagureIssue('edit', issue, issue.assignee, { fields: ['status', 'close_status'] });
}

export function* changeStory(world: World, team: Team, project: string): Story {
  const { chance, now, number } = world;
  const { author, owner, others } = cast(world, team);
  const title = chance.pick(team.words.tasks);
  const commit = chance.hex(40);
  const text = `${title}. Tried on my machine.`;
  const forge = forgeOf(project);
  if (forge === 'github') {
    const change = {
      ...{ project, number: number(), title, text, by: author, at: now() },
      ...{ state: 'open' as 'open' | 'closed', merged: false, labels: [], comments: 0 },
    };
    yield githubPullRequest('opened', change, author);
    for (const other of others) {
      change.comments++;
      yield githubComment(change, other, chance.pick(replies), number(), now());
    }
    Object.assign(change, { state: 'closed', merged: true });
    yield githubPullRequest('closed', change, owner);
    yield githubPush(project, owner, title, commit, now());
    return yield githubStar(project, chance.pick(world.people));
  }
  if (forge === 'forgejo') {
    const change = {
      ...{ project, number: number(), title, text, by: author, at: now() },
      ...{ state: 'open' as 'open' | 'closed', isPull: true, comments: 0 },
    };
    yield forgejoPullRequest('opened', change, author);
    for (const other of others) {
      change.comments++;
      yield forgejoComment(change, other, chance.pick(replies), number(), now());
    }
    change.state = 'closed';
    yield forgejoPullRequest('closed', change, owner);
    return yield forgejoPush(project, owner, title, commit, now());
  }
  const change = {
    ...{ project, owner, id: number(), title, text, by: author, at: now(), branch: 'change', commit },
    ...{ status: 'Open' as 'Open' | 'Merged', comments: [] as Comment[] },
  };
  yield pagurePullRequest('new', change, author);
  for (const other of others) {
    change.comments.push({ id: number(), by: other, text: chance.pick(replies), at: now() });
    yield pagurePullRequest('comment.added', change, other);
  }
  change.status = 'Merged';
  yield pagurePullRequest('closed', change, owner);
  yield pagurePush(project, owner, owner, chance.hex(40), commit);
}
