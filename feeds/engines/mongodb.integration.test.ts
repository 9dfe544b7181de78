import { MongoClient } from 'mongodb';
import { expect, inject, test } from 'vitest';
import { openGate } from '../../testing/gate.ts';
import { gatedMongoUrl, mongoServer } from '../../testing/mongodb.ts';
import { skipUnless } from '../../testing/skips.ts';
import { freePort, mongoDatabase, until } from '../../testing/stores.ts';
import { promiseFeedStore } from '../feed-store.conformance.ts';
import { type Entry, FeedsAway } from '../feed-store.ts';
import { mongodbFeeds } from './mongodb.ts';

const entry = (messageId: string): Entry => ({
  hub: 1,
  messageId,
  time: 1_700_000_000_000,
  topic: 'org.example.prod.git.receive',
  kind: 'git.receive',
  agent: null,
  people: [],
  why: 'package:guake',
  message: '{}',
});

skipUnless('mongodb')('feeds in MongoDB', () => {
  const url = mongoDatabase();
  promiseFeedStore(async () => mongodbFeeds(url));

  test('a feed holds no more than 100 documents, and they are found by an index', async () => {
    const client = new MongoClient(url);
    const collection = client.db().collection('feed_entry');
    const documents = await collection.find({}, { projection: { hub: 1 } }).toArray();
    const sizes = Object.values(Object.groupBy(documents, ({ hub }) => hub)).map((feed) => feed?.length ?? 0);
    expect(Math.max(...sizes)).toBe(100);
    expect((await collection.indexes()).map(({ key }) => key)).toContainEqual({
      hub: 1,
      time: -1,
      messageId: -1,
    });
    await client.close();
  });

  test('it may be away at the start, go and come back: what is asked meanwhile fails soon, as away; then all goes on', async () => {
    const gate = await openGate(mongoServer(inject('mongodbUrl')));
    await gate.shut();
    const feeds = mongodbFeeds(gatedMongoUrl(mongoDatabase(), gate.port));
    const meanwhile = async () => {
      const before = performance.now();
      await expect(feeds.read(1)).rejects.toThrow(FeedsAway);
      await expect(feeds.add([entry('meanwhile')])).rejects.toThrow(FeedsAway);
      expect(await feeds.wrong()).toContain("can't be used");
      expect(performance.now() - before).toBeLessThan(10_000);
    };
    await meanwhile();
    await gate.open();
    await until(async () => (await feeds.wrong()) === null);
    await feeds.add([entry('first')]);
    await gate.shut();
    await meanwhile();
    await gate.open();
    await until(async () => (await feeds.wrong()) === null);
    await feeds.add([entry('second')]);
    expect((await feeds.read(1)).map(({ messageId }) => messageId)).toEqual(['second', 'first']);
    await feeds.close();
    await gate.shut();
  });

  test('one that stops answering keeps nobody waiting for long', async () => {
    const gate = await openGate(mongoServer(inject('mongodbUrl')));
    const feeds = mongodbFeeds(gatedMongoUrl(mongoDatabase(), gate.port));
    await feeds.add([entry('first')]);
    gate.stall(0);
    const before = performance.now();
    await expect(feeds.read(1)).rejects.toThrow(FeedsAway);
    expect(await feeds.wrong()).toContain("can't be used");
    expect(performance.now() - before).toBeLessThan(9_000);
    await gate.shut();
    await feeds.close();
  });
});

test('a MongoDB that is away is a sentence without its password, and no fault of an entry', async () => {
  const host = `127.0.0.1:${await freePort()}`;
  const feeds = mongodbFeeds(`mongodb://hubs:secret@${host}/hubs?serverSelectionTimeoutMS=50`);
  expect(await feeds.wrong()).toMatch(
    new RegExp(`^The feeds' MongoDB at ${host} \\(FEEDS_URL\\) can't be used: connect ECONNREFUSED`),
  );
  await expect(feeds.read(1)).rejects.toThrow(FeedsAway);
  await feeds.close();
});

test('an address that the driver does not take is a sentence', () => {
  expect(() => mongodbFeeds('mongodb://localhost/hubs?tyop=1')).toThrow(
    "FEEDS_URL is no address that MongoDB's driver takes: option tyop is not supported",
  );
});
