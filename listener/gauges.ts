// The position, the gaps and the check as metrics, read from PostgreSQL when somebody asks.
import { Gauge, type Registry } from 'prom-client';
import type { Pool } from '../prisma/client.ts';

const SQL = `
  SELECT COALESCE(extract(epoch FROM now() - (SELECT watermark FROM bus_position)), 0)::float8 AS age,
    (SELECT count(*) FROM bus_gap WHERE state = 'open')::int AS open,
    (SELECT count(*) FROM bus_gap WHERE state = 'lost' AND to_at > now() - interval '3 days')::int AS lost,
    (SELECT COALESCE(sum(GREATEST(archive - heard, 0)), 0) FROM ledger_check WHERE hour > now() - interval '3 days')::int AS missing,
    (SELECT COALESCE(sum(lost), 0) FROM ledger_check WHERE hour > now() - interval '3 days')::int AS unheard`;

type Row = Record<'age' | 'open' | 'lost' | 'missing' | 'unheard', number>;

/** They keep their last values while PostgreSQL is away. */
export function measureLedger(metrics: Registry, pool: Pool): void {
  const make = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [metrics] });
  const gaps = make('hubs_bus_gaps', 'Spans of time that were not heard: open, or lost in the last 3 days.', [
    'state',
  ]);
  const missing = make(
    'hubs_bus_missing_messages',
    'Messages of the last 3 days that the archive has and Hubs has not.',
  );
  const unheard = make(
    'hubs_bus_unheard_messages',
    'Messages of the last 3 days that were lost before the listener, whether or not the archive brought them later.',
  );
  for (const state of ['open', 'lost']) gaps.set({ state }, 0);
  for (const gauge of [missing, unheard]) gauge.set(0);
  // The others are set with it: one question for a scrape.
  const age = new Gauge({
    name: 'hubs_bus_watermark_age_seconds',
    help: 'How long ago the time is before which every message is acknowledged.',
    registers: [metrics],
    async collect() {
      const row = await pool.query<Row>(SQL).then(
        ({ rows }) => rows[0],
        () => undefined, // away; /readyz says so
      );
      if (!row) return;
      age.set(row.age);
      gaps.set({ state: 'open' }, row.open);
      gaps.set({ state: 'lost' }, row.lost);
      missing.set(row.missing);
      unheard.set(row.unheard);
    },
  });
}
