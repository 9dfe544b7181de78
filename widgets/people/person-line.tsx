import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonLink } from '../../ui/person-link.tsx';
import type { ShownPerson } from './read-people.ts';

interface Props {
  person: ShownPerson;
  now: number;
  /** Where there is room for it: the full name, which else is the tool-tip. */
  named?: boolean;
}

/** One of a hub's people: who they are to it, and when something happened in their own. */
export function PersonLine({ person, now, named = false }: Props) {
  const { username, fullName, owner, isNew, hasHub, lastEntryAt, profile } = person;
  return (
    <div className={`flex gap-3 ${named ? 'items-start' : 'items-center'}`}>
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
        {named && fullName && <p className="break-words text-sm leading-snug">{fullName}</p>}
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
