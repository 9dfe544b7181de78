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

/** They keep their last values while PostgreSQL is away; /readyz says so. */
export function measureLedger(metrics: Registry, pool: Pool): void {
  let asked: Promise<Row | undefined> | null = null;
  /** One question for all that are scraped together. */
  const ask = () => {
    asked ??= pool
      .query<Row>(SQL)
      .then(
        ({ rows }) => rows[0],
        () => undefined,
      )
      .finally(() => {
        asked = null;
      });
    return asked;
  };
  const measure = (
    name: string,
    help: string,
    take: (gauge: Gauge, row: Row) => void,
    labelNames: string[] = [],
  ) => {
    const gauge = new Gauge({
      ...{ name, help, labelNames, registers: [metrics] },
      async collect() {
        const row = await ask();
        if (row) take(gauge, row);
      },
    });
    return gauge;
  };
  measure(
    'hubs_bus_watermark_age_seconds',
    'How long ago the time is before which every message is acknowledged.',
    (gauge, { age }) => gauge.set(age),
  );
  measure(
    'hubs_bus_missing_messages',
    'Messages of the last 3 days that the archive has and Hubs has not.',
    (gauge, { missing }) => gauge.set(missing),
  );
  measure(
    'hubs_bus_unheard_messages',
    'Messages of the last 3 days that were lost before the listener, whether or not the archive brought them later.',
    (gauge, { unheard }) => gauge.set(unheard),
  );
  const gaps = measure(
    'hubs_bus_gaps',
    'Spans of time that were not heard: open, or lost in the last 3 days.',
    (gauge, { open, lost }) => {
      gauge.set({ state: 'open' }, open);
      gauge.set({ state: 'lost' }, lost);
    },
    ['state'],
  );
  for (const state of ['open', 'lost']) gaps.set({ state }, 0);
}
