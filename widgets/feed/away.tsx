'use client';
import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import { plural } from '../../ui/words.ts';
import type { FeedOwn } from './read-own.ts';

/** "While you were away": one line that unfolds into at most twenty, and how many are older. */
export function Away({
  away: { since, lines, older },
  now,
}: {
  away: NonNullable<FeedOwn['away']>;
  now: number;
}) {
  return (
    <details className="border-line border-b bg-accent-soft px-4 py-2 text-sm">
      <summary>
        <strong>While you were away</strong>: {plural(lines.length + older, 'entry', 'entries')}. You were
        last here <Age time={since} now={now} />.
      </summary>
      <ul className="mt-2 space-y-1">
        {lines.map(({ id, time, text, href }) => (
          <li key={id} className="flex gap-2">
            <Link href={href} prefetch={false} className="min-w-0 flex-1 truncate">
              {text}
            </Link>
            <Age time={time} now={now} className="shrink-0 text-muted text-xs" />
          </li>
        ))}
      </ul>
      {older > 0 && <p className="mt-1.5 text-muted">and {older.toLocaleString('en')} older</p>}
    </details>
  );
}
