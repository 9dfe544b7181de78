// Messages that belong together become one entry: one push, one build group, one thread.
import type { Message } from '../bus/message.ts';
import type { Activity, Part } from './activity.ts';
import { describe } from './describe.ts';
import { ourRules } from './grouping/ours.ts';
import { referenceRules } from './grouping/reference.ts';
import type { GroupingRule } from './grouping/rule.ts';
import { type PersonOf, type Subject, toSubject } from './rule.ts';
import { byCodePoint } from './words.ts';

/** One entry of a grouped list: one message or several. */
export interface Grouped {
  /** As they stood in the list. */
  messages: Message[];
  /** Each message's own words, in the same order. */
  activities: Activity[];
  parts: Part[];
  /** For the reader the list was grouped for; the same as `parts` where it doesn't name them. */
  subjective: Part[];
  link: string | null;
  icon: string | null;
  picture: string | null;
  people: string[];
  packages: string[];
  topics: string[];
  categories: string[];
  /** Milliseconds since 1970: the oldest, the newest, the mean. */
  start: number;
  end: number;
  time: number;
}

interface Options {
  /** The user name of the reader. */
  subject?: string | undefined;
  personOf?: PersonOf;
  /** The words of a message where they are known; it is put in words where this says undefined. */
  activityOf?: (message: Message) => Activity | undefined;
  rules?: GroupingRule[];
}

interface Item {
  message: Message;
  subject: Subject;
  activity: Activity;
}

const allRules: GroupingRule[] = [...referenceRules, ...ourRules];

/** A feed is grouped at each reading, and its messages are mostly those of the reading before. */
const knownSubjects = new WeakMap<Message, Subject>();
const knownKeys = new WeakMap<Subject, Map<GroupingRule, string[]>>();

function subjectOf(message: Message, personOf: PersonOf | undefined): Subject {
  if (personOf) return toSubject(message, personOf);
  const subject = knownSubjects.get(message) ?? toSubject(message);
  knownSubjects.set(message, subject);
  return subject;
}

function keysOf(rule: GroupingRule, subject: Subject): string[] {
  const known = knownKeys.get(subject) ?? new Map<GroupingRule, string[]>();
  knownKeys.set(subject, known);
  const keys = known.get(rule) ?? rule.keys(subject);
  known.set(rule, keys);
  return keys;
}

/**
 * Groups a list of messages, newest first, as fedmsg.meta's `conglomerate` does: for each rule in order, the first
 * message not yet grouped takes with it every later one that matches it (compared with the first alone), and the
 * entry stands where the first stood. There is no window: cut the list by day and by the reader's last visit before.
 * Every message is in exactly one entry.
 */
export function group(
  messages: Message[],
  { subject, personOf, activityOf, rules = allRules }: Options = {},
): Grouped[] {
  let list: (Item | Grouped)[] = messages.map((message) => ({
    message,
    subject: subjectOf(message, personOf),
    activity: activityOf?.(message) ?? describe(message, personOf ? { personOf } : {}),
  }));
  for (const rule of rules) list = runRule(rule, list, subject);
  return list.map((one) => (isGrouped(one) ? one : single(one, subject)));
}

const isGrouped = (one: Item | Grouped): one is Grouped => 'messages' in one;

function runRule(
  rule: GroupingRule,
  list: (Item | Grouped)[],
  reader: string | undefined,
): (Item | Grouped)[] {
  const keys = list.map((one) => (isGrouped(one) ? [] : keysOf(rule, one.subject)));
  const taken = new Set<number>();
  const result: (Item | Grouped)[] = [];
  for (const [index, one] of list.entries()) {
    if (taken.has(index)) continue;
    const own = new Set(keys[index]);
    const together = isGrouped(one) ? [] : [one];
    for (let later = index + 1; own.size > 0 && later < list.length; later++) {
      const other = list[later];
      if (!other || isGrouped(other) || taken.has(later) || !keys[later]?.some((key) => own.has(key)))
        continue;
      together.push(other);
      taken.add(later);
    }
    result.push(together.length > 1 ? merge(rule, together, reader) : one);
  }
  return result;
}

const union = (lists: string[][]): string[] => [...new Set(lists.flat())].sort(byCodePoint);

/** What an entry has in common with any other, whatever its rule. */
function gather(items: Item[]): Omit<Grouped, 'parts' | 'subjective' | 'link' | 'picture'> {
  const messages = items.map((one) => one.message);
  const times = messages.map((one) => one.time);
  return {
    messages,
    activities: items.map((one) => one.activity),
    icon: items[0]?.activity.icon ?? null,
    people: union(items.map((one) => one.activity.people)),
    packages: union(items.map((one) => one.activity.packages)),
    topics: union([messages.map((one) => one.topic)]),
    categories: union([messages.map((one) => one.category)]),
    start: Math.min(...times),
    end: Math.max(...times),
    time: times.reduce((sum, time) => sum + time, 0) / times.length,
  };
}

function merge(rule: GroupingRule, items: Item[], reader: string | undefined): Grouped {
  const common = gather(items);
  const { sentence, subjective, link, picture } = rule.merge({
    subjects: items.map((one) => one.subject),
    people: common.people,
    packages: common.packages,
    reader,
  });
  const parts = sentence ?? [
    ...(common.activities[0]?.parts ?? []),
    { type: 'text', text: ` (and ${items.length - 1} more)` },
  ];
  return {
    ...common,
    parts,
    subjective: subjective ?? parts,
    link: link || null,
    picture: picture || (picture === null ? null : common.icon),
  };
}

function single(item: Item, reader: string | undefined): Grouped {
  const { parts, subjective, link, picture } = item.activity;
  // Of its own: somebody may be named `constructor`.
  const told = reader !== undefined && Object.hasOwn(subjective, reader) ? subjective[reader] : undefined;
  return { ...gather([item]), parts, subjective: told ?? parts, link, picture };
}
