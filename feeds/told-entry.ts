import type { Activity } from '../activity/activity.ts';
import type { Message } from '../bus/message.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import type { FeedStore } from './feed-store.ts';

/** Who reads, and where. */
export interface FeedReader {
  database: Database;
  feeds: FeedStore;
  /** Null for a visitor: nothing is hidden from them but what they may not see. */
  viewer: Viewer | null;
}

/** A feed that has the entry, and which of its hub's interests put it there. */
export interface Source {
  hub: HubInfo;
  /** Such as `package:guake`; empty only of what was saved. */
  keys: string[];
}

/** An entry in words, once, however many feeds have it. */
export interface ToldEntry {
  /** The message's id. */
  id: string;
  /** Milliseconds since 1970. */
  time: number;
  /** The topic after the environment: what "hide this kind" hides. */
  kind: string;
  /** The service's name in the topic: `pagure`. */
  service: string;
  message: Message;
  activity: Activity;
  /** Never empty; in a hub's own feed it is that hub. */
  sources: Source[];
}
