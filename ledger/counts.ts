// Counts are made in Redis, in one step with what they count, and move to PostgreSQL in batches. A batch has a name, and
// PostgreSQL keeps the last one's: whatever dies in between, each is added once.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ClientBase } from 'pg';
import { ledgerKey } from '../bus/queue-messages.ts';
import { epochKey } from '../bus/streams.ts';
import type { Pool } from '../prisma/client.ts';
import { AGAIN, HOUR_MS, heardOnce } from './outcomes.ts';

const MOVING = `${ledgerKey}:moving`;
const BATCH = 'batch';

/** Of this epoch only: what an emptied Redis counts comes after what was counted before was put aside. */
const TAKE = `
if redis.call('GET', KEYS[3]) ~= ARGV[2] then return {} end
if redis.call('EXISTS', KEYS[2]) == 0 and redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('RENAME', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[2], '${BATCH}', ARGV[1])
end
return redis.call('HGETALL', KEYS[2])`;

const ADD = `
  WITH fresh AS (UPDATE bus_position SET counted = $1 WHERE counted IS DISTINCT FROM $1 RETURNING id)
  INSERT INTO ledger (hour, service, outcome, n)
  SELECT to_timestamp(hour * 3600), service, outcome, n
  FROM fresh, unnest($2::float8[], $3::text[], $4::text[], $5::bigint[]) AS given (hour, service, outcome, n)
  ON CONFLICT (hour, service, outcome) DO UPDATE SET n = ledger.n + EXCLUDED.n`;

/** Moves what was counted. One process at a time may: the one that keeps the position (ledger/position.ts). */
export async function moveCounts(redis: Redis, client: ClientBase, epoch: string): Promise<void> {
  const taken = (await redis.eval(TAKE, 3, ledgerKey, MOVING, epochKey, randomUUID(), epoch)) as string[];
  const fields = new Map(
    taken.flatMap((name, at) => (at % 2 === 0 ? [[name, taken[at + 1] ?? ''] as const] : [])),
  );
  const batch = fields.get(BATCH);
  if (batch === undefined) return;
  fields.delete(BATCH);
  const rows = [...fields].map(([place, n]) => ({ place: place.split(' '), n }));
  const column = (at: number) => rows.map(({ place }) => place[at]);
  await client.query(ADD, [batch, column(0), column(1), column(2), rows.map(({ n }) => n)]);
  await redis.del(MOVING);
}

/**
 * Redis was emptied, and all that was sent from that hour on is read again: it will be counted again, so what counts once
 * is put aside as `again`.
 * @returns the start of the hour to read from, milliseconds since 1970
 */
export async function putAsideFrom(client: ClientBase, sentMs: number): Promise<number> {
  const fromMs = Math.floor(sentMs / HOUR_MS) * HOUR_MS;
  await client.query(
    `WITH aside AS (DELETE FROM ledger WHERE hour >= $1 AND outcome = ANY ($2) RETURNING hour, service, n)
     INSERT INTO ledger (hour, service, outcome, n)
     SELECT hour, service, $3, sum(n) FROM aside GROUP BY hour, service
     ON CONFLICT (hour, service, outcome) DO UPDATE SET n = ledger.n + EXCLUDED.n`,
    [new Date(fromMs), heardOnce, AGAIN],
  );
  return fromMs;
}

/** How long the ledger, closed gaps and checks are kept. */
const KEPT = "interval '90 days'";

/** The daily clean-up. */
export async function forgetOldCounts(client: Pick<Pool, 'query'>): Promise<void> {
  await client.query(`DELETE FROM ledger WHERE hour < now() - ${KEPT}`);
  await client.query(`DELETE FROM ledger_check WHERE hour < now() - ${KEPT}`);
  await client.query(`DELETE FROM bus_gap WHERE state <> 'open' AND to_at < now() - ${KEPT}`);
}
