// `npm run bench:activity`: messages put in words, entries into either store. A table, then its numbers as JSON.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { hasCorpus } from '../activity/corpus.ts';
import type { Message } from '../bus/message.ts';
import { openFeeds, openMongodbFeeds } from '../feeds/open-feeds.ts';
import { findMongodb } from '../local/mongodb-program.ts';
import { freePort } from '../local/ports.ts';
import { createDatabaseOnce, startPostgres } from '../local/postgres.ts';
import { openPool } from '../prisma/client.ts';
import { migrate } from '../prisma/migrate.ts';
import { startMongodb, withMongoDatabase } from '../testing/mongodb.ts';
import { measureStore, type StoreResult } from './store.ts';
import { measureWords, readMessages } from './words.ts';

const GOAL = 5_000;
const SIZE = { hubs: 1_000, count: 30_000 };

async function measurePostgres(messages: Message[], url: string): Promise<StoreResult> {
  await createDatabaseOnce(url);
  await migrate(url);
  const pool = openPool(url);
  await pool.query('CREATE TABLE plain (hub int, id text, entry json, PRIMARY KEY (hub, id))');
  const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
  const plainly = (entries: object[]) =>
    pool.query(
      `INSERT INTO plain SELECT (one->>'hub')::int, one->>'messageId', one FROM json_array_elements($1::json) AS given (one)`,
      [JSON.stringify(entries)],
    );
  const result = await measureStore(messages, feeds, plainly, SIZE);
  await pool.end();
  return result;
}

/** FerretDB reads every entry of a database to find a hub's newest: it shows that it works, not how fast MongoDB is. */
const FERRETDB_SIZE = { hubs: 20, count: 600 };

async function measureMongodb(messages: Message[], url: string, size: typeof SIZE): Promise<StoreResult> {
  const client = new MongoClient(url);
  const feeds = openMongodbFeeds(url);
  const plain = client.db().collection('plain');
  const result = await measureStore(
    messages,
    feeds,
    (entries) => plain.insertMany(entries.map((one) => ({ ...one }))),
    size,
  );
  await client.db().dropDatabase();
  await Promise.all([feeds.close(), client.close()]);
  return result;
}

async function measureStores(messages: Message[]) {
  const folder = mkdtempSync(join(tmpdir(), 'hubs-bench-'));
  chmodSync(folder, 0o711); // PostgreSQL runs as nobody when this runs as root.
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), port: await freePort() });
  const found = findMongodb();
  try {
    const intoPostgres = await measurePostgres(messages, postgres.url);
    if (!found) return { postgres: intoPostgres, mongodb: null };
    const mongodb = await startMongodb(found, folder, postgres.url);
    const url = withMongoDatabase(mongodb.url, `hubs_bench_${Date.now()}`);
    const intoMongodb = await measureMongodb(messages, url, found.kind === 'ferretdb' ? FERRETDB_SIZE : SIZE);
    await mongodb.stop();
    return { postgres: intoPostgres, mongodb: { server: found.kind, ...intoMongodb } };
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

if (!hasCorpus) {
  console.error('The collection of real messages, ../shared/corpus, is not there.');
  process.exit(1);
}
const messages = readMessages();
const words = measureWords(messages);
const stores = await measureStores(messages);
const row = (what: string, rate: number, baseline: number) =>
  `| ${what.padEnd(52)} | ${rate.toLocaleString('en').padStart(9)} | ${baseline.toLocaleString('en').padStart(9)} | ${((rate / baseline) * 100).toFixed(0).padStart(3)} % |`;
console.log(`| ${'a second'.padEnd(52)} | ${'Hubs'.padStart(9)} | ${'baseline'.padStart(9)} | share |`);
console.log(`| ${'-'.repeat(52)} | ${'-'.repeat(8)}: | ${'-'.repeat(8)}: | ----: |`);
console.log(row('messages in words, one core', words.inWords, words.baseline));
console.log(row('messages in words with their keys, one core', words.withKeys, words.baseline));
console.log(row('entries into PostgreSQL', stores.postgres.entries, stores.postgres.baseline));
if (stores.mongodb) {
  const { server, entries, baseline } = stores.mongodb;
  console.log(
    row(`entries into MongoDB (${server === 'ferretdb' ? 'FerretDB stands in' : server})`, entries, baseline),
  );
} else console.log('There is no MongoDB; see testing/skips.ts.');
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
console.log(
  JSON.stringify({ bench: 'activity', goal: GOAL, reached: words.inWords >= GOAL, words, stores, machine }),
);
