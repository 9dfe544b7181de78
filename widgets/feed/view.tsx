'use client';
import type { ViewProps } from '../kind.ts';
import { FeedList } from './feed-list.tsx';
import type { FeedOwn } from './items.ts';

export default function FeedView({ own, hub, now }: ViewProps<FeedOwn, null>) {
  const who = hub.type === 'team' ? 'the people and projects of this team do' : `${hub.name} does`;
  return (
    <FeedList
      items={own.items}
      now={now}
      empty={`Nothing yet: what ${who} appears here by itself as soon as it happens.`}
    />
  );
}
