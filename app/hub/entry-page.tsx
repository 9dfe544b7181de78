import Link from 'next/link';
import { readEntry } from '../../feeds/read-entry.ts';
import { type HubType, hubPath } from '../../hubs/find-hub.ts';
import { Item } from '../../widgets/feed/item.tsx';
import { toItems } from '../../widgets/feed/items.ts';
import { notHere, orNotHere } from '../not-here.tsx';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Pin } from './pin.tsx';
import { readEntryId } from './read-entry-id.ts';
import { readHub } from './read-hub.ts';
import { Why } from './why.tsx';

interface Props {
  type: Exclude<HubType, 'stream'>;
  name: string;
  id: string;
  /** What came back to a form of the page. */
  draft?: string | string[] | undefined;
}

/** One entry of a hub by its permalink. An entry that is not kept is answered before, with 410 (proxy.ts). */
export const EntryPage = orNotHere(async ({ type, name, id, draft }: Props) => {
  const { database, feeds, settings } = getStores();
  const messageId = readEntryId(id);
  const { widgets: _, ...hub } = await readHub(database, type, name, `/e/${id}`);
  const viewer = await getViewer();
  const entry = messageId && (await readEntry({ database, feeds, viewer }, hub, messageId));
  if (!entry) notHere();
  const [item] = await toItems(database, [entry], { viewer, userUrl: settings.ACCOUNTS_USER_URL });
  const now = Date.now();
  return (
    <Side current={hub}>
      <div className="mx-auto max-w-4xl px-4 py-6">
        <h1 className="mb-4 font-semibold text-2xl">
          An entry of <Link href={hubPath(hub)}>{hub.name}</Link>
        </h1>
        <section className="rounded-lg border border-line bg-surface shadow-card">
          {item && <Item item={item} now={now} open />}
        </section>
        <section id="why" className="mt-5 rounded-lg border border-line bg-surface shadow-card">
          <h2 className="border-line border-b px-4 py-2.5 font-semibold text-sm">Why it stands here</h2>
          <Why sources={entry.sources} viewer={viewer} />
        </section>
        <Pin entry={entry} hub={hub} viewer={viewer} draft={draft} />
      </div>
    </Side>
  );
});
