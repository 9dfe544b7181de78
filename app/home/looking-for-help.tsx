import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import type { OpenRequest } from './read-help.ts';

/** What teams need help with, each with its team and who asks. Nothing where nobody asks. */
export function LookingForHelp({ requests, now }: { requests: OpenRequest[]; now: number }) {
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="help" className="rounded-lg border border-line bg-surface shadow-card">
      <h2 id="help" className="border-line border-b px-4 py-2.5 font-semibold text-sm">
        Teams looking for help
      </h2>
      <ul className="divide-y divide-line">
        {requests.map(({ id, title, hub, askedBy, askedAt }) => (
          <li key={id} className="px-4 py-2.5">
            <Link href={hub.href} prefetch={false} className="break-words font-semibold leading-snug">
              {title}
            </Link>
            <p className="text-muted text-xs">
              <span className="text-text">{hub.name}</span> · {askedBy} asked <Age time={askedAt} now={now} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
