import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { mayAdminister } from '../../hubs/permissions.ts';
import { HOUR_MS } from '../../ledger/outcomes.ts';
import { type Ledger, readLedger, sumRows } from '../../ledger/read-ledger.ts';
import { readStreamLengths } from '../../ledger/stream-lengths.ts';
import { notHere, orNotHere } from '../not-here.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Checks } from './checks.tsx';
import { type CountLine, CountsTable } from './counts-table.tsx';
import { Facts } from './facts.tsx';
import { Gaps } from './gaps.tsx';
import { sayHour } from './say-hour.ts';

export const metadata: Metadata = { title: 'The system' };

const spans = [
  { hours: 24, name: 'a day' },
  { hours: 72, name: '3 days' },
  { hours: 168, name: 'a week' },
];

type Query = Record<string, string | string[] | undefined>;

/** For site admins: what became of the bus's messages, how far Hubs is, and what it missed. */
export default orNotHere(async ({ searchParams }: { searchParams: Promise<Query> }) => {
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?to=${encodeURIComponent('/system')}`);
  if (!mayAdminister(viewer)) notHere();
  const { hours, service } = readAsked(await searchParams);
  const { pool, settings } = getStores();
  const now = Date.now();
  const [ledger, lengths] = await Promise.all([
    readLedger(pool, { sinceMs: now - hours * HOUR_MS, service }),
    readStreamLengths(settings.REDIS_URL),
  ]);
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <h1 className="font-semibold text-2xl">The system</h1>
      <p className="mt-1 text-muted text-sm">
        What came from the bus and what became of it. The same as <code>hubs ledger</code> says; hours are
        UTC.
      </p>
      <Facts ledger={ledger} lengths={lengths} now={now} />
      <Gaps gaps={ledger.gaps} />
      <Checks checks={ledger.checks} hasArchive={settings.ARCHIVE_URL !== undefined} />
      <section aria-labelledby="ledger" className="mt-8">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 id="ledger" className="font-semibold text-lg">
            The ledger{service && <> of {service}</>}
          </h2>
          <Spans hours={hours} service={service} />
        </div>
        <Counts ledger={ledger} hours={hours} service={service} />
      </section>
    </div>
  );
});

function readAsked(query: Query): { hours: number; service: string | null } {
  const { hours } = spans.find((span) => String(span.hours) === query.hours) ?? { hours: 24 };
  // PostgreSQL keeps no NUL, so nothing that it knows has one.
  const service = typeof query.service === 'string' ? query.service.replaceAll('\0', '').slice(0, 100) : '';
  return { hours, service: service || null };
}

const addressOf = (hours: number, service: string | null) =>
  `/system?${new URLSearchParams({ hours: String(hours), ...(service ? { service } : {}) })}`;

function Spans({ hours, service }: { hours: number; service: string | null }) {
  return (
    <ul aria-label="Shown" className="flex flex-wrap gap-x-4 text-sm">
      {spans.map((span) => (
        <li key={span.hours}>
          <Link
            href={addressOf(span.hours, service)}
            prefetch={false}
            aria-current={span.hours === hours ? 'true' : undefined}
            className="text-muted aria-[current]:font-medium aria-[current]:text-text"
          >
            {span.name}
          </Link>
        </li>
      ))}
      {service && (
        <li>
          <Link href={addressOf(hours, null)} prefetch={false}>
            all services
          </Link>
        </li>
      )}
    </ul>
  );
}

function Counts({ ledger, hours, service }: { ledger: Ledger; hours: number; service: string | null }) {
  const { rows, checks } = ledger;
  if (rows.length === 0) return <p className="mt-2 text-muted">No messages in this time.</p>;
  const archive = new Map(checks.map((check) => [check.hourMs, check.archive]));
  const services = [...sumRows(rows, (row) => row.service)]
    .map(([name, counts]): CountLine => ({ name, counts, href: addressOf(hours, name) }))
    .sort((a, b) => (b.counts.received ?? 0) - (a.counts.received ?? 0));
  const byHour = [...sumRows(rows, (row) => row.hourMs)].map(
    ([hourMs, counts]): CountLine => ({ name: sayHour(hourMs), counts, archive: archive.get(hourMs) }),
  );
  return (
    <>
      {!service && <CountsTable title="By service" lines={services} />}
      <CountsTable title="By hour" lines={byHour} hasArchive={!service && archive.size > 0} />
    </>
  );
}
