// Tickets and reviews as messages tell of them: whom they wait for, as the newest message about each says.
import type { Message } from '../bus/message.ts';
import { at, firstText, text, texts } from './read.ts';

/** What a message says of the ticket, bug, issue or pull request it is about. */
export interface Task {
  /** The same in every message about it. */
  key: string;
  /** "garden/tracker#7" */
  name: string;
  title: string | null;
  isOpen: boolean;
  /** User names, as the service has them in the accounts system. */
  assigned: string[];
  /** Who is asked for a review. */
  reviewers: string[];
}

const openStates = new Set(['open', 'opened', 'reopened', 'true']);

/** Where forges put it: at the top of the body, or in the webhook's. */
const roots = ['', 'body.'];
const things = ['pullrequest', 'pull_request', 'pull-request', 'issue', 'object_attributes'];

/** Null where the message is about nothing of the kind. */
export function readTask(message: Message): Task | null {
  const { body } = message;
  if (at(body, 'bug.id') !== undefined) return readBug(message);
  for (const root of roots) {
    for (const thing of things) {
      const task = readForgeTask(message, root, `${root}${thing}`);
      if (task) return task;
    }
  }
  return null;
}

function readForgeTask({ body, topic, category }: Message, root: string, thing: string): Task | null {
  const number = firstText(body, `${thing}.number`, `${thing}.iid`, `${thing}.id`);
  const project = projectOf(body, root, thing);
  const state = at(body, `${thing}.state`) ?? at(body, `${thing}.status`);
  if (!number || !project || state === undefined) return null;
  const inAccounts = (login: string) => text(body, `fas_usernames.${login}`) ?? login;
  return {
    key: `${category} ${project}#${number}`,
    name: `${project}#${number}`,
    title: text(body, `${thing}.title`) ?? null,
    isOpen: openStates.has(String(state).toLowerCase()) && !topic.endsWith('.drop'),
    assigned: [
      ...one(firstText(body, `${thing}.assignee.name`, `${thing}.assignee.login`)),
      ...texts(body, `${thing}.assignees`, 'login'),
      ...texts(body, `${root}assignees`, 'username'),
    ].map(inAccounts),
    reviewers: [
      ...texts(body, `${thing}.requested_reviewers`, 'login'),
      ...texts(body, `${root}reviewers`, 'username'),
    ].map(inAccounts),
  };
}

function projectOf(body: Message['body'], root: string, thing: string): string | undefined {
  const named = ['project', `${thing}.project`, 'repository', `${root}repository`, `${root}project`];
  return firstText(
    body,
    ...named.flatMap((path) => [`${path}.fullname`, `${path}.full_name`, `${path}.path_with_namespace`]),
    ...named.map((path) => `${path}.name`),
  );
}

function readBug({ body, category }: Message): Task {
  const id = text(body, 'bug.id') ?? '';
  const assigned = firstText(body, 'bug.assigned_to.login', 'bug.assigned_to');
  return {
    key: `${category} ${id}`,
    name: `RHBZ#${id}`,
    title: text(body, 'bug.summary') ?? null,
    isOpen: firstText(body, 'bug.status.name', 'bug.status') !== 'CLOSED',
    assigned: one(assigned?.replace(/@fedoraproject\.org$/, '')),
    reviewers: [],
  };
}

const one = (name: string | undefined): string[] => (name ? [name] : []);

export interface Waiting<Told> {
  task: Task;
  what: 'assigned' | 'review';
  /** The message that says so last. */
  told: Told;
  /** Since when it waits (milliseconds since 1970), as far as the messages go back. */
  since: number;
}

/**
 * What waits for a person: tasks that are open, by the newest message about each, and are assigned to them or wait for
 * their review; who waits longest comes first.
 * @param told entries newest first
 */
export function findWaiting<Told extends { message: Message; time: number }>(
  told: Told[],
  username: string,
): Waiting<Told>[] {
  const me = username.toLowerCase();
  const named = (names: string[]) => names.some((name) => name.toLowerCase() === me);
  const waiting = new Map<string, Waiting<Told> | null>();
  /** Tasks of which an older message did not say so yet: it began after that. */
  const begun = new Set<string>();
  for (const entry of told) {
    const task = readTask(entry.message);
    if (!task || begun.has(task.key)) continue;
    const isMine = task.isOpen && (named(task.assigned) || named(task.reviewers));
    const known = waiting.get(task.key);
    if (known && isMine) known.since = entry.time;
    else if (known !== undefined) begun.add(task.key);
    else if (isMine) {
      const what = named(task.assigned) ? 'assigned' : 'review';
      waiting.set(task.key, { task, what, told: entry, since: entry.time });
    } else waiting.set(task.key, null);
  }
  return [...waiting.values()].filter((one) => one !== null).sort((a, b) => a.since - b.since);
}
