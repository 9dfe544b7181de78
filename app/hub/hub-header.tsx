import Link from 'next/link';
import type { CSSProperties, ReactNode } from 'react';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { TypeIcon } from '../../ui/icons.tsx';
import { idleShare } from '../../ui/idle.ts';
import { LiveBadge } from '../../ui/live.tsx';
import { renderMarkdown } from '../../ui/markdown.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { Tile } from '../../ui/tile.tsx';
import type { Counters } from './count-roles.ts';
import { LastActive } from './last-active.tsx';

const typeWords = { team: 'Team', project: 'Project', regional: 'Regional team', broadcast: 'Announcements' };

interface Props {
  hub: HubInfo;
  counters: Counters | null;
  /** The reader may see who the members are (widgets/listed-roles.ts). */
  listsMembers?: boolean;
  now: number;
  star?: ReactNode;
  actions?: ReactNode;
}

/** Name, summary, counters and description: what of a hub everybody sees who may know of it. */
export function HubHeader({ hub, counters, listsMembers = false, now, star, actions }: Props) {
  const isUser = hub.type !== 'team';
  const isStream = hub.type === 'stream';
  // A team made from a group has the first sentence of its description as its summary: it is said once.
  const saysMore = hub.summary && !hub.description.startsWith(hub.summary);
  const subscribers = counters?.subscribers === 1 ? 'Subscriber' : 'Subscribers';
  const lastEntryAt = hub.lastEntryAt?.getTime() ?? null;
  return (
    <div className="border-line border-b bg-surface 2xl:[#my-hubs+*_&]:border-x">
      <div className="mx-auto flex max-w-6xl flex-wrap items-start gap-x-4 gap-y-4 px-4 py-6">
        <span style={{ '--idle': idleShare(hub, now) } as CSSProperties}>
          <Tile name={hub.name} size="large" round={isUser} colour={hub.colour} picture={hub.avatarUrl} />
        </span>
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex items-start gap-1">
            {star}
            <h1 className="min-w-0 break-words font-semibold text-2xl leading-tight">
              {isStream ? 'My Stream' : hub.name}
            </h1>
          </div>
          {!isStream && saysMore && <p className="mt-0.5 text-lg text-muted">{hub.summary}</p>}
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
            <span className="inline-flex items-center gap-1.5">
              <TypeIcon name={isUser ? 'user' : hub.teamKind} className="size-3.5" />
              {isStream ? 'What concerns you, for you alone' : isUser ? 'Person' : typeWords[hub.teamKind]}
            </span>
            {hub.archivedAt && <span className="rounded-full bg-sunken px-2 font-medium">Archived</span>}
            {!isStream && <LastActive hub={hub.id} time={lastEntryAt} now={now} />}
            <LiveBadge />
          </div>
        </div>
        <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
          {counters && (
            <dl className="flex gap-8">
              {isUser ? (
                <>
                  <Counter name={subscribers} count={counters.subscribers} />
                  <Counter name="Subscribed to" count={counters.subscribedTo} />
                </>
              ) : (
                <>
                  <Counter
                    name={counters.members === 1 ? 'Member' : 'Members'}
                    count={counters.members}
                    href={listsMembers ? `${hubPath(hub)}/people?role=member` : null}
                  />
                  <Counter name={subscribers} count={counters.subscribers} />
                </>
              )}
            </dl>
          )}
          {actions}
        </div>
        {hub.description && (
          <Markdown
            html={renderMarkdown(hub.description, 1)}
            className="min-w-0 max-w-3xl basis-full rounded-md border-accent border-l-4 bg-accent-soft px-4 py-3"
          />
        )}
      </div>
    </div>
  );
}

/** @param href who they are: the whole counter leads there */
function Counter({ name, count, href }: { name: string; count: number; href?: string | null }) {
  return (
    <div className="relative flex flex-col-reverse">
      <dt className="text-muted text-xs">
        {href ? (
          <Link href={href} prefetch={false} className="text-muted after:absolute after:inset-0">
            {name}
          </Link>
        ) : (
          name
        )}
      </dt>
      <dd className="font-semibold text-xl tabular-nums">{count.toLocaleString('en')}</dd>
    </div>
  );
}
