import type { Check } from '../../ledger/read-ledger.ts';
import { plural } from '../../ui/words.ts';
import { sayHour } from './say-hour.ts';

/** What the archive has of each hour, against what Hubs has. */
export function Checks({ checks, hasArchive }: { checks: Check[]; hasArchive: boolean }) {
  const differing = checks.filter(({ archive, heard, lost }) => lost > 0 || archive !== heard);
  const [newest] = checks;
  return (
    <section aria-labelledby="check" className="mt-8">
      <h2 id="check" className="font-semibold text-lg">
        Compared with the archive
      </h2>
      {!newest && (
        <p className="mt-1 text-muted">
          {hasArchive
            ? 'No hour of this time was compared yet; each is, ten minutes after its end.'
            : 'There is no archive to compare with: ARCHIVE_URL is not set. What is lost before the listener is not noticed.'}
        </p>
      )}
      {newest && differing.length === 0 && (
        <p className="mt-1 text-good">
          The archive has as many messages as Hubs of each of {plural(checks.length, 'hour')}, up to{' '}
          {sayHour(newest.hourMs)}.
        </p>
      )}
      {differing.length > 0 && (
        <>
          <p className="mt-1 text-muted">
            Of {plural(checks.length, 'hour')}, {differing.length}{' '}
            {differing.length === 1 ? 'differs' : 'differ'}:
          </p>
          <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
            {differing.map((check) => (
              <li key={check.hourMs} className="px-4 py-2.5 text-sm">
                <span className="font-medium tabular-nums">{sayHour(check.hourMs)}</span>{' '}
                <span className={check.archive > check.heard ? 'text-bad' : 'text-muted'}>
                  {sayCheck(check)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function sayCheck({ archive, heard, lost }: Check): string {
  const counts = `the archive has ${archive.toLocaleString('en')}, Hubs ${heard.toLocaleString('en')}`;
  if (archive > heard)
    return `${counts}: ${plural(archive - heard, 'message')} were lost before the listener`;
  return lost > 0
    ? `${counts}; ${plural(lost, 'message')} were lost before the listener, and read from the archive`
    : counts;
}
