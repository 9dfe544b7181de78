import type { Metadata } from 'next';
import { readFeed } from '../../../feeds/read-feed.ts';
import { FeedList } from '../../../widgets/feed/feed-list.tsx';
import { toItems } from '../../../widgets/feed/items.ts';
import { getStores } from '../../stores.ts';
import { readStream } from '../read-stream.ts';
import { Panel, StreamFrame } from '../stream-frame.tsx';

export const metadata: Metadata = { title: 'Mentions' };

/** What addresses, mentions, assigns or asks the one signed in, without what happens in their hubs. */
export default async function Mentions() {
  const { database, feeds, settings } = getStores();
  const now = Date.now();
  const { viewer, hub } = await readStream('/stream/mentions');
  const entries = (await readFeed({ database, feeds, viewer }, hub, { alone: true })) ?? [];
  const look = { viewer, reader: viewer.person.username, userUrl: settings.ACCOUNTS_USER_URL };
  const items = await toItems(database, entries, look);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/mentions" now={now}>
      <Panel title="Where you are addressed, mentioned, assigned or asked">
        <FeedList
          items={items}
          now={now}
          here="/stream"
          empty="Nobody called you yet. Where somebody addresses, mentions, assigns or asks you, it stands here."
        />
      </Panel>
    </StreamFrame>
  );
}
