// Feeds in MongoDB: the collection feed_entry, one document per entry. No transactions, so that any server will do.
import { type Collection, MongoBulkWriteError, MongoClient, type MongoClientOptions } from 'mongodb';
import { type Entry, FEED_LENGTH, type FeedStore, FeedsAway, type ReadOptions } from '../feed-store.ts';
import { isAway } from './mongodb-away.ts';

/** `_id` is hub and message id: a message is in a feed once. */
type Stored = Entry & { _id: string };
/** Where an entry stands in its feed. Strings are compared as bytes, by MongoDB and here. */
type Place = Pick<Entry, 'time' | 'messageId'>;
type Entries = Collection<Stored>;

const NEWEST_FIRST = { time: -1, messageId: -1 } as const;
const DUPLICATE_KEY = 11_000;
/** Feeds of one batch that are trimmed at the same time: a batch leaves connections to others. */
const TRIMMERS = 4;
/** A page waits no longer for a server that has stopped answering. */
const READ_MS = 3_000;
/** Unless the address says otherwise. A page waits a second for a server that is away; the worker asks again anyway. */
const PRESETS = {
  serverSelectionTimeoutMS: 1_000,
  connectTimeoutMS: 2_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 5_000,
  maxPoolSize: 10,
  maxIdleTimeMS: 60_000,
  appName: 'hubs',
} satisfies MongoClientOptions;

const idOf = ({ hub, messageId }: Pick<Entry, 'hub' | 'messageId'>) => `${hub} ${messageId}`;

const olderThan = ({ time, messageId }: Place, comparison: '$lt' | '$lte') => ({
  $or: [{ time: { $lt: time } }, { time, messageId: { [comparison]: messageId } }],
});

const isOlder = (one: Place, other: Place): boolean =>
  one.time === other.time
    ? Buffer.compare(Buffer.from(one.messageId), Buffer.from(other.messageId)) < 0
    : one.time < other.time;

/** @returns those that were not there before */
async function insert(collection: Entries, entries: Entry[]): Promise<Entry[]> {
  const seen = new Set<string>();
  const given = entries.filter((entry) => !seen.has(idOf(entry)) && seen.add(idOf(entry)));
  try {
    await collection.insertMany(
      given.map((entry) => ({ _id: idOf(entry), ...entry })),
      { ordered: false },
    );
    return given;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const unsafe = error.result.getWriteConcernError();
    if (unsafe)
      throw new FeedsAway(`The feeds' MongoDB could not make sure of entries: ${unsafe.errmsg}`, error);
    const errors = [error.writeErrors].flat();
    if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    const known = new Set(errors.map(({ index }) => index));
    return given.filter((_entry, index) => !known.has(index));
  }
}

/**
 * Removes what is older than the newest 100. Writers may do it at the same time: each removes only what was surplus when
 * it looked, which stays surplus, and the last one to look sees all that was written.
 * @returns the place of the oldest one that stays; null where there is room
 */
async function trim(collection: Entries, hub: number): Promise<Place | null> {
  const [last, surplus] = await collection
    .find({ hub }, { projection: { _id: 0, time: 1, messageId: 1 } })
    .sort(NEWEST_FIRST)
    .skip(FEED_LENGTH - 1)
    .limit(2)
    .toArray();
  if (surplus) await collection.deleteMany({ hub, ...olderThan(surplus, '$lte') });
  return last ?? null;
}

async function add(collection: Entries, entries: Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const inserted = await insert(collection, entries);
  // Also where nothing was new: whoever wrote it may have died before it trimmed.
  const hubs = new Set(entries.map(({ hub }) => hub)).values();
  const last = new Map<number, Place | null>();
  const trimmer = async () => {
    for (const hub of hubs) last.set(hub, await trim(collection, hub));
  };
  await Promise.all(Array.from({ length: TRIMMERS }, trimmer));
  return inserted.filter((entry) => {
    const place = last.get(entry.hub);
    return !place || !isOlder(entry, place);
  });
}

async function read(
  collection: Entries,
  hub: number,
  { limit = FEED_LENGTH, before }: ReadOptions = {},
): Promise<Entry[]> {
  if (limit < 1) return []; // MongoDB takes 0 for no limit
  return collection
    .find(
      { hub, ...(before && olderThan(before, '$lt')) },
      { projection: { _id: 0 }, signal: AbortSignal.timeout(READ_MS) },
    )
    .sort(NEWEST_FIRST)
    .limit(Math.min(limit, FEED_LENGTH))
    .toArray();
}

function openClient(url: string): MongoClient {
  const said = new Set([...new URLSearchParams(url.split('?')[1]).keys()].map((key) => key.toLowerCase()));
  const presets = Object.entries(PRESETS).filter(([key]) => !said.has(key.toLowerCase()));
  try {
    return new MongoClient(url, Object.fromEntries(presets));
  } catch (error) {
    throw new FeedsAway(
      `FEEDS_URL is no address that MongoDB's driver takes: ${(error as Error).message}`,
      error,
    );
  }
}

/** `host:port,host:port`, without what is secret. */
const hostsOf = (url: string) => url.replace(/^[^/]*\/\/([^@/]*@)?/, '').replace(/[/?].*$/, '');
const databaseOf = (url: string) => /^[^/]*\/\/[^/?]+\/([^?]+)/.exec(url)?.[1] ?? 'hubs';

/**
 * The feed store at a MongoDB address; the database is `hubs` unless the address names one. It connects when it is used
 * first, and again by itself after the server was away.
 * @throws {FeedsAway} where the driver does not take the address
 */
export function mongodbFeeds(url: string): FeedStore {
  const client = openClient(url);
  const collection = client.db(decodeURIComponent(databaseOf(url))).collection<Stored>('feed_entry');
  let indexed: Promise<unknown> | null = null;

  /** Once per opening, tried again where it failed. */
  const haveIndex = () => {
    indexed ??= collection.createIndex({ hub: 1, ...NEWEST_FIRST }, { name: 'newest' }).catch((error) => {
      indexed = null;
      throw error;
    });
    return indexed;
  };
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      // The driver connects by itself, but never again where its first try failed.
      await client.connect();
      return await work();
    } catch (error) {
      throw isAway(error)
        ? new FeedsAway(`The feeds' MongoDB is away: ${(error as Error).message}`, error)
        : error;
    }
  };

  return {
    add: (entries) => ask(() => haveIndex().then(() => add(collection, entries))),
    read: (hub, options) => ask(() => read(collection, hub, options)),
    isEmpty: () => ask(async () => (await collection.findOne({}, { projection: { _id: 1 } })) === null),
    clear: (hub) => ask(async () => void (await collection.deleteMany({ hub }))),
    async wrong() {
      try {
        await client.connect();
        await collection.findOne({}, { projection: { _id: 1 }, signal: AbortSignal.timeout(READ_MS) });
        return null;
      } catch (error) {
        return `The feeds' MongoDB at ${hostsOf(url)} (FEEDS_URL) can't be used: ${(error as Error).message}. What is to be written waits for it.`;
      }
    },
    close: () => client.close(),
  };
}
