'use client';
import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonLink } from '../../ui/person-link.tsx';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import type { PeopleOwn, ShownPerson } from './read-people.ts';

export default function PeopleView({ own, now }: ViewProps<PeopleOwn, null>) {
  const more = own.total - own.people.length;
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
        {more > 0 && ` · ${more.toLocaleString('en')} more not shown`}
      </p>
    </div>
  );
}

function PersonLine({ person, now }: { person: ShownPerson; now: number }) {
  const { username, fullName, owner, isNew, hasHub, lastEntryAt, profile } = person;
  return (
    <div className="flex items-center gap-3">
      <Avatar name={username} picture={person.picture} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-1.5 leading-tight" title={fullName}>
          {hasHub ? (
            <Link
              href={`/u/${username}`}
              prefetch={false}
              className="font-semibold no-underline hover:underline"
            >
              {username}
            </Link>
          ) : (
            <PersonLink username={username} hasHub={false} profile={profile} />
          )}
          {owner && <span className="text-muted text-xs">owner</span>}
          {isNew && <span className="rounded-full bg-accent-soft px-1.5 text-accent text-xs">new</span>}
        </p>
        <p className="text-muted text-xs">
          {lastEntryAt === null ? (
            'No activity seen yet'
          ) : (
            <>
              Active <Age time={lastEntryAt} now={now} />
            </>
          )}
        </p>
      </div>
    </div>
  );
}
