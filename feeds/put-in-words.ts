// Entries in words. A page and its reloads read the same hundred entries again and again; what was put in words lately is
// kept by this process.
import { LRUCache } from 'lru-cache';
import type { Activity } from '../activity/activity.ts';
import { describe } from '../activity/describe.ts';
import { keysOf } from '../activity/keys.ts';
import { isRestricted } from '../activity/restricted.ts';
import type { Message } from '../bus/message.ts';
import type { Entry } from './feed-store.ts';
import { entryMessage } from './make-entry.ts';

interface InWords {
  message: Message;
  activity: Activity;
  /** Of every interest that the message can meet. */
  keys: string[];
  /** It is not for everybody, by its body. */
  restricted: boolean;
}

/**
 * By the message as it is stored: one that comes again under the same id with another body is another one. Some 5,500
 * messages of Fedora's, which are 28 MB of heap; the web has it twice, for pages and for routes.
 */
const kept = new LRUCache<string, InWords>({
  maxSize: 8_000_000,
  sizeCalculation: (_, message) => message.length,
});

/** The entry's message in words; the answer is shared, so it is read and never changed. */
export function putInWords({ message: text }: Pick<Entry, 'message'>): InWords {
  const known = kept.get(text);
  if (known) return known;
  const message = entryMessage({ message: text });
  const activity = describe(message);
  const restricted = isRestricted(message.body);
  const words = { message, activity, keys: keysOf(message, activity), restricted };
  kept.set(text, words);
  return words;
}
