import { makeEnvelope } from '../testing/publisher.ts';
import type { Team } from './accounts.ts';

interface Issue {
  title: string;
  id?: number;
  by?: string;
  /** Seconds since 1970; now when left out. */
  timestamp?: number;
}

/** Above the ids that tests give themselves. */
let opened = 1_000;

/** Somebody opened an issue in the team’s project: another one each time, unless the id is given. */
export function issueOpened(team: Team, { title, id = ++opened, by = 'amara', timestamp }: Issue) {
  const user = { name: by, fullname: by };
  const envelope = makeEnvelope('io.pagure.prod.pagure.issue.new', {
    agent: by,
    project: { name: 'tracker', namespace: team, fullname: `${team}/tracker`, user },
    issue: { id, title, content: 'Please have a look.', user, status: 'Open', tags: [] },
  });
  return timestamp === undefined ? envelope : { ...envelope, timestamp };
}

/** Somebody wrote in the forum under the tag. */
export const topicPosted = (tag: string, title: string) =>
  makeEnvelope('org.fedoraproject.prod.discourse.topic.topic_created', {
    webhook_headers: { 'X-Discourse-Event-Type': 'topic', 'X-Discourse-Event': 'topic_created' },
    webhook_body: { topic: { id: 7, title, slug: 'x', tags: [tag], created_by: { username: 'amara' } } },
  });

/** Somebody gave an issue of the team's project to somebody. */
export function issueAssigned(team: Team, { title, id = 1, to }: { title: string; id?: number; to: string }) {
  const user = { name: 'amara', fullname: 'amara' };
  return makeEnvelope('io.pagure.prod.pagure.issue.assigned.added', {
    agent: 'amara',
    project: { name: 'tracker', namespace: team, fullname: `${team}/tracker`, user },
    issue: { id, title, content: '', user, status: 'Open', tags: [], assignee: { name: to, fullname: to } },
  });
}
