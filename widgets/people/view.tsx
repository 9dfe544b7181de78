'use client';
import Link from 'next/link';
import { hubPath } from '../../hubs/find-hub.ts';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import { PersonLine } from './person-line.tsx';
import type { PeopleOwn } from './read-people.ts';

export default function PeopleView({ own, hub, settings, now }: ViewProps<PeopleOwn, null>) {
  if (own.people.length === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        Nobody yet: members appear here as soon as the accounts system or an owner adds them.
      </p>
    );
  }
  return (
    <div className="px-4 py-3">
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
        {own.people.map((person) => (
          <li key={person.username}>
            <PersonLine person={person} now={now} />
          </li>
        ))}
      </ul>
      <p className="mt-3 text-muted text-xs">
        {plural(own.members, 'member')}, {plural(own.owners, 'owner')}
        {own.total > own.people.length && (
          <>
            {' · '}
            <Link href={`${hubPath(hub)}/people?role=${settings.role}`} prefetch={false}>
              All {own.total.toLocaleString('en')} people
            </Link>
          </>
        )}
      </p>
    </div>
  );
}
