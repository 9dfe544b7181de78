import type { Metadata } from 'next';
import { readEntry } from '../../../../feeds/read-entry.ts';
import { listHidden, toHides } from '../../../../hubs/hidden.ts';
import { Item } from '../../../../widgets/feed/item.tsx';
import { toItems } from '../../../../widgets/feed/items.ts';
import type { HubQuery } from '../../../hub/hub-page.tsx';
import { Pin } from '../../../hub/pin.tsx';
import { readEntryId } from '../../../hub/read-entry-id.ts';
import { Why } from '../../../hub/why.tsx';
import { notHere, orNotHere } from '../../../not-here.tsx';
import { getStores } from '../../../stores.ts';
import { readStream } from '../../read-stream.ts';
import { Panel, StreamFrame } from '../../stream-frame.tsx';

export const metadata: Metadata = { title: 'Why am I seeing this?' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<HubQuery>;
}

/** One entry of one's stream: the interests that put it there, each with its switch. */
export default orNotHere(async ({ params, searchParams }: Props) => {
  const now = Date.now();
  const { id } = await params;
  const { database, feeds, settings } = getStores();
  const messageId = readEntryId(id);
  const { viewer, hub } = await readStream(`/stream/e/${id}`);
  const entry = messageId && (await readEntry({ database, feeds, viewer }, hub, messageId));
  if (!entry) notHere();
  const look = { viewer, mixed: true, reader: viewer.person.username, userUrl: settings.ACCOUNTS_USER_URL };
  const [item] = await toItems(database, [entry], look);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/e" now={now}>
      <div className="mb-5 max-w-4xl rounded-lg border border-line bg-surface shadow-card">
        {item && <Item item={item} now={now} here="/stream" open />}
      </div>
      <div id="why">
        <Panel title="Why am I seeing this?">
          <Why sources={entry.sources} viewer={viewer} hides={toHides(await listHidden(database, viewer))} />
        </Panel>
      </div>
      <Pin entry={entry} hub={hub} viewer={viewer} draft={(await searchParams).draft} />
    </StreamFrame>
  );
});
