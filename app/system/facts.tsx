import type { ReactNode } from 'react';
import type { Ledger } from '../../ledger/read-ledger.ts';
import type { StreamLengths } from '../../ledger/stream-lengths.ts';
import { Age } from '../../ui/age.tsx';

interface Props {
  ledger: Ledger;
  /** Null: Redis does not answer. */
  lengths: StreamLengths | null;
  now: number;
}

/** Older than that, something stands still. */
const OLD_MS = 300_000;

/** How far Hubs is, and what waits. */
export function Facts({ ledger, lengths, now }: Props) {
  const { sinceMs, heardMs, watermarkMs } = ledger;
  const isOld = watermarkMs !== null && now - watermarkMs > OLD_MS;
  return (
    <dl className="mt-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Fact
        name="Watermark"
        says="Of what was sent before, triage and worker have acknowledged all."
        isBad={isOld}
      >
        {watermarkMs === null ? 'No listener has heard the bus yet' : <Age time={watermarkMs} now={now} />}
      </Fact>
      <Fact name="Heard until" says={sinceMs !== null && <>Hubs listens since {day(sinceMs)}.</>}>
        {heardMs === null ? 'Never' : <Age time={heardMs} now={now} />}
      </Fact>
      <Fact
        name="In the streams"
        says="What waits for triage, for a worker, what browsers were told lately, and what was put aside."
        isBad={lengths === null || lengths.dead > 0}
      >
        {lengths === null
          ? 'Redis can’t be reached'
          : Object.entries(lengths)
              .map(([name, length]) => `${name} ${length.toLocaleString('en')}`)
              .join(', ')}
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  says,
  isBad = false,
  children,
}: {
  name: string;
  says: ReactNode;
  isBad?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <dt className="text-muted text-sm">{name}</dt>
      <dd>
        <span className={`font-semibold ${isBad ? 'text-bad' : ''}`}>{children}</span>
        <span className="mt-0.5 block text-muted text-sm">{says}</span>
      </dd>
    </div>
  );
}

const day = (ms: number) =>
  new Date(ms).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
