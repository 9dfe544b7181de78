'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { hubPath } from '../../hubs/find-hub.ts';
import type { ViewProps } from '../kind.ts';
import { Away } from './away.tsx';
import { FeedList } from './feed-list.tsx';
import { FilterLine, Search } from './filter-line.tsx';
import { HiddenLine } from './hidden-line.tsx';
import type { FeedOwn } from './read-own.ts';

export default function FeedView({ own, hub, now }: ViewProps<FeedOwn, null>) {
  const here = hubPath(hub);
  const { items, filter, more, archive, hidden, away } = own;
  return (
    <>
      {(filter || items.length > 0) && <Search here={here} filter={filter} />}
      {filter && <FilterLine here={here} filter={filter} count={items.length} />}
      <HiddenLine hidden={hidden} />
      {away && <Away away={away} now={now} />}
      <FeedList items={items} now={now} here={here} empty={filter ? nothingFound : emptyOf(hub)} />
      {more && !filter && (
        <p className="border-line border-t px-4 py-2.5 text-sm">
          <Link href={`${here}?all=1`} prefetch={false}>
            Show all that is kept
          </Link>
        </p>
      )}
      {archive && (
        <p className="border-line border-t px-4 py-2.5 text-sm">
          <a href={archive}>What is older, in the archive</a>
        </p>
      )}
    </>
  );
}

const nothingFound = 'Nothing that is kept here has all of that.';

function emptyOf({ type, name }: ViewProps<FeedOwn, null>['hub']): ReactNode {
  if (type === 'stream') {
    return (
      <>
        Nothing yet: what concerns you, and what happens in the hubs you belong to or follow, appears here by
        itself.{' '}
        <Link href="/groups" prefetch={false}>
          Find a team to follow
        </Link>
      </>
    );
  }
  const who = type === 'team' ? 'the people and projects of this team do' : `${name} does`;
  return `Nothing yet: what ${who} appears here by itself as soon as it happens.`;
}
