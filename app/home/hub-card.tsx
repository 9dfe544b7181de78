import Link from 'next/link';
import type { CSSProperties } from 'react';
import { hubPath } from '../../hubs/find-hub.ts';
import { idleShare } from '../../ui/idle.ts';
import { Tile } from '../../ui/tile.tsx';
import { LastActive } from '../hub/last-active.tsx';
import type { HubCardInfo } from './read-home.ts';

/** A hub as a card: the whole card is its link; it grows greyer the longer nothing happens there. */
export function HubCard({ hub, now }: { hub: HubCardInfo; now: number }) {
  const isUser = hub.type === 'user';
  return (
    <Link
      href={hubPath(hub)}
      prefetch={false}
      style={{ '--idle': idleShare(hub, now) } as CSSProperties}
      className="group flex h-full gap-3 rounded-lg border border-line bg-surface p-3 text-text shadow-card hover:border-line-strong hover:no-underline"
    >
      <Tile
        name={hub.name}
        colour={hub.colour}
        picture={hub.avatarUrl}
        round={isUser}
        {...(isUser ? {} : { icon: hub.teamKind })}
      />
      <span className="min-w-0">
        <span className="idle-name block break-words font-semibold leading-tight group-hover:underline">
          {hub.name}
        </span>
        {hub.summary && (
          <span className="line-clamp-2 block break-words text-sm leading-snug">{hub.summary}</span>
        )}
        <span className="block text-muted text-xs">
          <LastActive hub={hub.id} time={hub.lastEntryAt?.getTime() ?? null} now={now} />
        </span>
      </span>
    </Link>
  );
}
