import type { Metadata } from 'next';
import { readSaved } from '../../../feeds/saved.ts';
import { Item } from '../../../widgets/feed/item.tsx';
import { toItems } from '../../../widgets/feed/items.ts';
import { getStores } from '../../stores.ts';
import { readStream } from '../read-stream.ts';
import { Panel, StreamFrame } from '../stream-frame.tsx';

export const metadata: Metadata = { title: 'Saved' };

/** What the one signed in keeps, saved last first, however old. */
export default async function Saved() {
  const { database, settings } = getStores();
  const now = Date.now();
  const { viewer, hub } = await readStream('/stream/saved');
  const look = { viewer, mixed: true, reader: viewer.person.username, userUrl: settings.ACCOUNTS_USER_URL };
  const items = await toItems(database, await readSaved(database, viewer), look);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/saved" now={now}>
      <Panel title="What you saved">
        {items.length === 0 ? (
          <p className="px-4 py-6 text-muted">
            Nothing yet. “Save” in the menu of an entry keeps it here, also when its feed has let it go.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <li key={item.id}>
                <Item item={item} now={now} here="/stream" />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </StreamFrame>
  );
}
