'use client';
import Link from 'next/link';
import type { CSSProperties } from 'react';
import { Tile } from '../../ui/tile.tsx';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import type { HubsOwn, ShownHub } from './read-hubs.ts';

export default function HubsView({ own, settings }: ViewProps<HubsOwn, null>) {
  if (own.groups.length === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        {own.mine
          ? 'You belong to no team yet: the teams you join and follow stand here. '
          : 'The teams this person joins stand here. '}
        <Link href="/groups">See all teams</Link>
      </p>
    );
  }
  const { first, rest } = split(own.groups, Number(settings.n));
  const more = rest.reduce((sum, { hubs }) => sum + hubs.length, 0);
  return (
    <div className="grid gap-3 px-4 py-3">
      <Groups groups={first} />
      {more > 0 && (
        <details>
          <summary className="w-fit py-0.5 text-accent text-sm hover:underline">
            {plural(more, 'more hub')}
          </summary>
          <div className="mt-3 grid gap-3">
            <Groups groups={rest} />
          </div>
        </details>
      )}
    </div>
  );
}

/** The first n hubs, whatever their groups, and what is left. */
export function split(
  groups: HubsOwn['groups'],
  n: number,
): { first: HubsOwn['groups']; rest: HubsOwn['groups'] } {
  let left = n;
  const first: HubsOwn['groups'] = [];
  const rest: HubsOwn['groups'] = [];
  for (const { title, hubs } of groups) {
    const taken = Math.min(left, hubs.length);
    left -= taken;
    if (taken > 0) first.push({ title, hubs: hubs.slice(0, taken) });
    if (taken < hubs.length) rest.push({ title, hubs: hubs.slice(taken) });
  }
  return { first, rest };
}

const Groups = ({ groups }: { groups: HubsOwn['groups'] }) =>
  groups.map(({ title, hubs }) => (
    <div key={title}>
      <h3 className="mb-1.5 font-medium text-muted text-xs">
        {title} <span className="font-normal">{hubs.length.toLocaleString('en')}</span>
      </h3>
      <ul className="grid gap-2">
        {hubs.map((hub) => (
          <li key={hub.id}>
            <HubLine hub={hub} />
          </li>
        ))}
      </ul>
    </div>
  ));

const HubLine = ({ hub }: { hub: ShownHub }) => (
  <div className="flex items-center gap-3" style={{ '--idle': hub.idle } as CSSProperties}>
    <Tile
      name={hub.name}
      colour={hub.colour}
      picture={hub.picture}
      round={hub.icon === 'user'}
      {...(hub.icon === 'user' ? {} : { icon: hub.icon })}
    />
    <div className="min-w-0 leading-tight">
      <Link href={hub.href} prefetch={false} className="idle-name break-words font-semibold">
        {hub.name}
      </Link>
      <p className="text-muted text-xs">{hub.role}</p>
    </div>
  </div>
);
