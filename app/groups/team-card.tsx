import Link from 'next/link';
import type { CSSProperties } from 'react';
import { hubPath } from '../../hubs/find-hub.ts';
import { Age } from '../../ui/age.tsx';
import { idleShare } from '../../ui/idle.ts';
import { plainText } from '../../ui/markdown.ts';
import { Tile } from '../../ui/tile.tsx';
import { plural } from '../../ui/words.ts';
import type { TeamCardInfo } from './read-directory.ts';

/** What I am to it, the closest word alone. */
const standings = [
  ['owner', 'Owner'],
  ['member', 'Member'],
  ['subscriber', 'Subscribed'],
  ['stargazer', 'Starred'],
] as const;

/** What a team does, how alive it is, and what I am to it. */
export function TeamCard({ team, now }: { team: TeamCardInfo; now: number }) {
  const lastEntryAt = team.lastEntryAt?.getTime() ?? null;
  const standing = standings.find(([role]) => team.mine.includes(role))?.[1];
  const { numbers } = team;
  const description = plainText(team.description);
  const does = description.length > team.summary.length ? description : team.summary;
  return (
    <article
      style={{ '--idle': idleShare(team, now) } as CSSProperties}
      className="relative flex h-full gap-3 rounded-lg border border-line bg-surface p-3.5 shadow-card hover:border-line-strong"
    >
      <Tile name={team.name} icon={team.teamKind} colour={team.colour} picture={team.avatarUrl} />
      <div className="min-w-0 flex-1">
        <h3 className="flex flex-wrap items-baseline gap-x-2 leading-tight">
          <Link
            href={hubPath(team)}
            prefetch={false}
            className="idle-name break-words font-semibold after:absolute after:inset-0"
          >
            {team.name}
          </Link>
          {standing && (
            <span className="rounded-full bg-accent-soft px-1.5 text-accent text-xs">{standing}</span>
          )}
          {team.archivedAt && (
            <span className="rounded-full bg-sunken px-1.5 text-muted text-xs">Archived</span>
          )}
          {numbers !== null && numbers.help > 0 && (
            <span className="rounded-full bg-warn-soft px-1.5 text-warn text-xs">
              {numbers.help === 1 ? 'looks for help' : `${numbers.help} requests for help`}
            </span>
          )}
        </h3>
        <p className="mt-1 line-clamp-3 break-words text-sm leading-snug">{does || 'No description yet.'}</p>
        <p className="mt-1.5 flex flex-wrap gap-x-3 text-muted text-xs">
          {lastEntryAt === null ? (
            <span>Nothing happened yet</span>
          ) : (
            <span>
              Active <Age time={lastEntryAt} now={now} />
            </span>
          )}
          {numbers !== null && (
            <>
              {numbers.month > 0 && <span>{plural(numbers.month, 'entry', 'entries')} in 30 days</span>}
              <span>{plural(numbers.members, 'member')}</span>
            </>
          )}
          {team.visibility !== 'public' && (
            <span>{team.visibility === 'private' ? 'Private' : 'For members, mostly'}</span>
          )}
        </p>
      </div>
    </article>
  );
}
