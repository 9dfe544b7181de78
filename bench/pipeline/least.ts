// A process of its own, the baseline: what any such pipeline has to do. It takes messages over ZeroMQ, parses them, and
// writes three rows for each into a plain table, a statement for all that waits.
import pg from 'pg';
import { Subscriber } from 'zeromq';
import { answerParent } from './helper.ts';

const ROWS_EACH = 3;
const BATCH = 200;

const [, , endpoint = '', databaseUrl = ''] = process.argv;
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
await pool.query('CREATE TABLE plain (id text, feed int, message text, PRIMARY KEY (id, feed))');
const bus = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
bus.subscribe('');
bus.connect(endpoint);

const waiting: { id: string; text: string }[] = [];
let stored = 0;
let writing = false;

async function write(): Promise<void> {
  const batch = waiting.splice(0, BATCH);
  await pool.query(
    `INSERT INTO plain SELECT id, feed, text FROM json_to_recordset($1::json) AS given (id text, text text), generate_series(1, ${ROWS_EACH}) feed`,
    [JSON.stringify(batch)],
  );
  stored += batch.length;
}

async function read(): Promise<void> {
  for await (const [, envelope] of bus) {
    const { msg_id: id, msg } = JSON.parse(String(envelope));
    waiting.push({ id, text: JSON.stringify(msg) });
    if (!writing) void writeAll();
  }
}

async function writeAll(): Promise<void> {
  writing = true;
  while (waiting.length > 0) await write();
  writing = false;
}

void read();
answerParent({ stored: () => stored });
