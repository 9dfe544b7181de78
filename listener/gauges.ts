// The position, the gaps and the check as metrics, read from PostgreSQL when somebody asks.
import type { Registry } from 'prom-client';
import type { Pool } from '../prisma/client.ts';
import { openMeasure } from '../runtime/measure.ts';

const SQL = `
  SELECT COALESCE(extract(epoch FROM now() - (SELECT watermark FROM bus_position)), 0)::float8 AS age,
    (SELECT count(*) FROM bus_gap WHERE state = 'open')::int AS open,
    (SELECT count(*) FROM bus_gap WHERE state = 'lost' AND to_at > now() - interval '3 days')::int AS lost,
    (SELECT COALESCE(sum(GREATEST(archive - heard, 0)), 0) FROM ledger_check WHERE hour > now() - interval '3 days')::int AS missing,
    (SELECT COALESCE(sum(lost), 0) FROM ledger_check WHERE hour > now() - interval '3 days')::int AS unheard`;

type Row = Record<'age' | 'open' | 'lost' | 'missing' | 'unheard', number>;

export function measureLedger(metrics: Registry, pool: Pool): void {
  const measure = openMeasure(metrics, async () => (await pool.query<Row>(SQL)).rows[0] as Row);
  measure.one(
    'hubs_bus_watermark_age_seconds',
    'How long ago the time is before which every message is acknowledged.',
    ({ age }) => age,
  );
  measure.one(
    'hubs_bus_missing_messages',
    'Messages of the last 3 days that the archive has and Hubs has not.',
    ({ missing }) => missing,
  );
  measure.one(
    'hubs_bus_unheard_messages',
    'Messages of the last 3 days that were lost before the listener, whether or not the archive brought them later.',
    ({ unheard }) => unheard,
  );
  measure.each(
    'hubs_bus_gaps',
    'Spans of time that were not heard: open, or lost in the last 3 days.',
    { label: 'state', words: ['open', 'lost'] },
    ({ open, lost }) => ({ open, lost }),
  );
}
