import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import type { OpenRequest } from './read-help.ts';

/** What teams need help with, each with its team and who asks. */
export function LookingForHelp({ requests, now }: { requests: OpenRequest[]; now: number }) {
  return (
    <section aria-labelledby="help" className="rounded-lg border border-line bg-surface shadow-card">
      <h2 id="help" className="border-line border-b px-4 py-2.5 font-semibold text-sm">
        Teams looking for help
      </h2>
      {requests.length === 0 && (
        <p className="px-4 py-4 text-muted text-sm">
          Nobody asks for anything in particular right now. A hello to{' '}
          <Link href="/groups">a team you like</Link> is always welcome.
        </p>
      )}
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
