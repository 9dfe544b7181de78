import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Tile } from '../../ui/tile.tsx';
import { plural } from '../../ui/words.ts';
import { EntryMenu } from './entry-menu.tsx';
import type { FeedItem, ItemPart } from './items.ts';

/** One entry: who did what to what, how long ago, by which service; longer text behind "Show summary". */
export function Item({
  item,
  now,
  here,
  open = false,
}: {
  item: FeedItem;
  now: number;
  /** The address of the hub whose feed it stands in; left out where several stand together. */
  here?: string | undefined;
  /** Its longer text is unfolded. */
  open?: boolean;
}) {
  return (
    <article data-entry={item.id} className={`flex gap-3 py-2.5 pl-4 ${item.members ? 'pr-4' : 'pr-2'}`}>
      {item.agent ? <Avatar name={item.agent} picture={item.picture} /> : <Tile name={item.service} />}
      <div className="min-w-0 flex-1">
        <p className="break-words leading-snug">
          {item.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
            <SentencePart key={index} part={part} />
          ))}
        </p>
        <div className="mt-0.5 flex flex-wrap gap-x-2 gap-y-1 text-muted text-xs touch:leading-6">
          <Age time={item.time} now={now} />
          <span aria-hidden="true">·</span>
          {item.link ? (
            <a href={item.link} title={item.kind} className="text-muted">
              {item.service}
            </a>
          ) : (
            <span title={item.kind}>{item.service}</span>
          )}
          <Tags tags={item.tags} />
          {item.members && <Members members={item.members} now={now} here={here} />}
          {item.saved && !item.members && <span className="text-good">Saved</span>}
          {item.body && (
            <details open={open} className="group open:basis-full">
              <summary className="w-fit text-accent hover:underline">
                <span className="group-open:hidden">Show summary</span>
                <span className="hidden group-open:inline">Hide summary</span>
              </summary>
              <p className="mt-1.5 mb-1 max-h-80 overflow-y-auto whitespace-pre-line break-words border-line border-l-2 pl-3 text-sm">
                {item.body}
              </p>
            </details>
          )}
        </div>
      </div>
      {!item.members && <EntryMenu item={item} here={here} />}
    </article>
  );
}

/** An entry may stand in the feeds of many hubs; it stays one line. */
const TAGS_SHOWN = 3;

/** The hubs it stands in; those that don't fit are in the entry's menu, too. */
function Tags({ tags }: { tags: FeedItem['tags'] }) {
  const more = tags.slice(TAGS_SHOWN).map(({ name }) => name);
  return (
    <>
      {tags.slice(0, TAGS_SHOWN).map(({ hub, name, href }) => (
        <Link
          key={hub}
          href={href}
          prefetch={false}
          title={name}
          className="max-w-48 truncate rounded bg-sunken px-1.5 text-muted no-underline hover:text-text"
        >
          {name}
        </Link>
      ))}
      {more.length > 0 && <span title={more.join(', ')}>{plural(more.length, 'more hub')}</span>}
    </>
  );
}

/** What stands together, one by one: each has its own menu. */
function Members({ members, now, here }: { members: FeedItem[]; now: number; here: string | undefined }) {
  return (
    <details className="group/members open:basis-full">
      <summary className="w-fit text-accent hover:underline">
        <span className="group-open/members:hidden">Show all {members.length}</span>
        <span className="hidden group-open/members:inline">Show as one</span>
      </summary>
      <ul className="mt-1.5 divide-y divide-line border-line border-l-2 text-[0.9375rem] text-text">
        {members.map((member) => (
          <li key={member.id}>
            <Item item={member} now={now} here={here} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function SentencePart({ part: { type, text, href } }: { part: ItemPart }) {
  if (href?.startsWith('/')) {
    return (
      <Link href={href} prefetch={false} className="font-semibold text-text no-underline hover:underline">
        {text}
      </Link>
    );
  }
  if (href) return <a href={href}>{text}</a>;
  if (type === 'package')
    return <code className="rounded bg-sunken px-1 font-mono text-[0.9em]">{text}</code>;
  if (type === 'text' || type === 'link') return <>{text}</>;
  return <strong className="font-semibold">{text}</strong>;
}
