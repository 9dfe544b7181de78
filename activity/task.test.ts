import { expect, test } from 'vitest';
import type { Message } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import { findWaiting, readTask } from './task.ts';

let count = 0;
const told = (kind: string, time: number, body: Message['body']) => {
  const topic = `org.example.prod.${kind}`;
  const message: Message = { ...readTopic(topic), id: `m${++count}`, topic, time, severity: 'info', body };
  return { time, message };
};
const issue = (kind: string, time: number, assignee: string | null, status = 'Open', id = 7) =>
  told(`pagure.${kind}`, time, {
    project: { fullname: 'garden/tracker', name: 'tracker' },
    issue: { id, title: 'Water', status, assignee: assignee && { name: assignee } },
  });
const waitingFor = (name: string, ...entries: ReturnType<typeof told>[]) =>
  findWaiting(
    entries.toSorted((a, b) => b.time - a.time),
    name,
  ).map(({ task, what, since }) => `${what} ${task.name} since ${since}`);

test('a ticket waits for whom it is assigned to, since it is', () => {
  const opened = issue('issue.new', 1, null);
  const assigned = issue('issue.assigned.added', 2, 'Mira');
  const comment = issue('issue.comment.added', 3, 'Mira');
  expect(waitingFor('mira', opened, assigned, comment)).toEqual(['assigned garden/tracker#7 since 2']);
  expect(waitingFor('jonas', opened, assigned, comment)).toEqual([]);
});

test('closed, dropped or given to somebody else it waits no more', () => {
  const assigned = issue('issue.assigned.added', 1, 'mira');
  expect(waitingFor('mira', assigned, issue('issue.edit', 2, 'mira', 'Closed'))).toEqual([]);
  expect(waitingFor('mira', assigned, issue('issue.drop', 2, 'mira'))).toEqual([]);
  expect(waitingFor('mira', assigned, issue('issue.assigned.added', 2, 'jonas'))).toEqual([]);
  expect(waitingFor('mira', assigned, issue('issue.assigned.reset', 2, null))).toEqual([]);
});

test('given back and given again, it waits since the last time', () => {
  const entries = [
    issue('issue.assigned.added', 1, 'mira'),
    issue('issue.assigned.reset', 2, null),
    issue('issue.assigned.added', 3, 'mira'),
  ];
  expect(waitingFor('mira', ...entries)).toEqual(['assigned garden/tracker#7 since 3']);
});

test('who waits longest comes first', () => {
  const entries = [issue('issue.new', 5, 'mira', 'Open', 1), issue('issue.new', 2, 'mira', 'Open', 2)];
  expect(waitingFor('mira', ...entries)).toEqual([
    'assigned garden/tracker#2 since 2',
    'assigned garden/tracker#1 since 5',
  ]);
});

test.each([
  [
    'GitHub’s webhook',
    'github.pull_request',
    {
      body: {
        pull_request: { number: 3, title: 'x', state: 'open', requested_reviewers: [{ login: 'mira' }] },
        repository: { full_name: 'garden/shed' },
      },
    },
    'review garden/shed#3 since 1',
  ],
  [
    'GitHub over fedmsg, with another name there',
    'github.issue.assigned',
    {
      issue: { number: 4, state: 'open', assignee: { login: 'octomira' } },
      repository: { full_name: 'garden/shed' },
      fas_usernames: { octomira: 'mira' },
    },
    'assigned garden/shed#4 since 1',
  ],
  [
    'GitLab',
    'gitlab.merge_request',
    {
      body: {
        object_attributes: { iid: 5, state: 'opened', title: 'x' },
        project: { path_with_namespace: 'garden/shed' },
        reviewers: [{ username: 'mira' }],
      },
    },
    'review garden/shed#5 since 1',
  ],
  [
    'Pagure of old',
    'pagure.pull-request.assigned.added',
    { pullrequest: { id: 6, status: true, assignee: { name: 'mira' }, project: { name: 'shed' } } },
    'assigned shed#6 since 1',
  ],
  [
    'Bugzilla',
    'bugzilla.bug.update',
    { bug: { id: 77, status: { name: 'NEW' }, assigned_to: { login: 'mira@fedoraproject.org' } } },
    'assigned RHBZ#77 since 1',
  ],
])('%s says it, too', (_, kind, body, expected) => {
  expect(waitingFor('mira', told(kind, 1, body))).toEqual([expected]);
});

test('what is about no ticket is none', () => {
  expect(readTask(told('git.receive', 1, { commit: { rev: 'x' }, issue: 'none' }).message)).toBeNull();
});
