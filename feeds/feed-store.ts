// A feed is the newest 100 entries of one hub. Each engine passes feed-store.conformance.ts.

export const FEED_LENGTH = 100;
/** A message's body in an entry is at most this many bytes of JSON. */
export const BODY_BYTES = 16 * 1024;

/** One activity in one feed: its own fields as fields, the message as JSON text; words are made when it is read. */
export interface Entry {
  hub: number;
  messageId: string;
  /** Milliseconds since 1970. */
  time: number;
  topic: string;
  /** What one hides with "hide this kind": the topic after the environment. */
  kind: string;
  agent: string | null;
  people: string[];
  /** The interest that put it here, such as `package:guake`. */
  why: string;
  /** The message (bus/message.ts) as JSON. */
  message: string;
}

export interface ReadOptions {
  /** At most this many; 100 by default and at most. */
  limit?: number;
  /** Only entries older than this one. */
  before?: { time: number; messageId: string };
}

/** The store can't be used now, which is not the entries' fault: ask again later. */
export class FeedsAway extends Error {
  constructor(sentence: string, cause: unknown) {
    super(sentence, { cause });
  }
}

/** Newest first is by time, then by message id (compared as bytes). */
export interface FeedStore {
  /**
   * Writes entries and trims each feed to its newest 100. Idempotent by (hub, messageId).
   * @returns those entries that are in their feed now and were not before
   */
  add(entries: Entry[]): Promise<Entry[]>;
  /** Newest first. An unknown hub has an empty feed. */
  read(hub: number, options?: ReadOptions): Promise<Entry[]>;
  /** Whether no hub has an entry. */
  isEmpty(): Promise<boolean>;
  /** Removes a hub's whole feed. */
  clear(hub: number): Promise<void>;
  /** A sentence saying why the store can't be used now, or null. */
  wrong(): Promise<string | null>;
  close(): Promise<void>;
}
