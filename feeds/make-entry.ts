import type { Activity } from '../activity/activity.ts';
import { type Message, messageSchema } from '../bus/message.ts';
import { BODY_BYTES, type Entry } from './feed-store.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What no store can keep: NUL characters and half surrogate pairs. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Cuts long strings and long lists, deep in any value. */
function shrink(value: unknown, length: number): unknown {
  if (typeof value === 'string') return value.length > length ? `${value.slice(0, length)}…` : value;
  if (Array.isArray(value))
    return value.slice(0, Math.max(4, length / 20)).map((item) => shrink(item, length));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shrink(item, length)]));
}

/** The message as JSON text without secrets, its body at most BODY_BYTES: long texts and lists in it are cut, at last all of it. */
function toText(given: Message): string {
  const message = { ...given, body: withoutSecrets(given.body) as Message['body'] };
  const text = JSON.stringify(message);
  const fits = (body: unknown) => Buffer.byteLength(JSON.stringify(body)) <= BODY_BYTES;
  if (Buffer.byteLength(text) <= BODY_BYTES || fits(message.body)) return text;
  for (const length of [2_000, 500, 100]) {
    const body = shrink(message.body, length);
    if (fits(body)) return JSON.stringify({ ...message, body });
  }
  return JSON.stringify({ ...message, body: {} });
}

interface Place {
  hub: number;
  why: string;
}

/** What is the same in every feed. */
const makeContent = (message: Message, activity: Activity, now: number) => ({
  messageId: clean(message.id),
  time: Math.floor(Math.max(0, Math.min(message.time, now))),
  topic: clean(message.topic),
  kind: clean(activity.kind),
  agent: activity.agent === null ? null : clean(activity.agent),
  people: activity.people.map(clean),
  message: toText(message),
});

/**
 * The entries of one message, one in each feed. A message from a clock that runs ahead counts as sent now, so that it
 * does not stay on top.
 */
export function makeEntries(message: Message, activity: Activity, feeds: Place[], now = Date.now()): Entry[] {
  const content = makeContent(message, activity, now);
  return feeds.map(({ hub, why }) => ({ hub, ...content, why: clean(why) }));
}

/** The entry of one message in one feed. */
export const makeEntry = (
  message: Message,
  activity: Activity,
  { hub, why }: Place,
  now = Date.now(),
): Entry => ({
  hub,
  ...makeContent(message, activity, now),
  why: clean(why),
});

/** The message of an entry; throws where it was not written by makeEntry. */
export const entryMessage = (entry: Pick<Entry, 'message'>): Message =>
  messageSchema.parse(JSON.parse(entry.message));
