'use client';
// What one can do with an entry: links and one form whose buttons say what, so that it works without JavaScript.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Form } from '../../ui/form.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { FeedItem } from './items.ts';

const line = 'block w-full cursor-pointer px-4 py-1.5 text-left text-text hover:bg-sunken hover:no-underline';

interface Props {
  item: FeedItem;
  /** The address of the hub whose feed it is; left out where several stand together. */
  here?: string | undefined;
}

export function EntryMenu({ item, here }: Props) {
  const { id, hub, kind, service, permalink, tags, saved } = item;
  const why = here === '/stream' ? `/stream/e/${encodeURIComponent(id)}` : permalink;
  const hubs = tags.length > 0 || here === '/stream' ? tags : [{ hub, name: 'this hub' }];
  return (
    <Menu look="bare" label={<span className="sr-only">More about this entry</span>}>
      {saved !== null && (
        <>
          <Link href={`${why}#why`} prefetch={false} className={line}>
            Why am I seeing this?
          </Link>
          {item.link && (
            <Link href={`${why}#pin`} prefetch={false} className={line}>
              Pin to a library
            </Link>
          )}
          <Form action="/api/me/entries" className="border-line border-b pb-1">
            <input type="hidden" name="entry" value={id} />
            <input type="hidden" name="hub" value={hub} />
            <Step name={saved ? 'unsave' : 'save'}>{saved ? 'Remove from saved' : 'Save'}</Step>
            <Step name="hide">Hide this entry</Step>
            <Step name="hide-kind">
              Hide this kind <span className="text-muted text-xs">{kind}</span>
            </Step>
          </Form>
          {hubs.map((tag) => (
            <Form key={tag.hub} action="/api/me/entries">
              <input type="hidden" name="entry" value={id} />
              <input type="hidden" name="hub" value={tag.hub} />
              <Step name="hide-hub">Hide {tag.name} from my stream</Step>
            </Form>
          ))}
        </>
      )}
      {here && (
        <Link href={`${here}?service=${encodeURIComponent(service)}`} prefetch={false} className={line}>
          Show only {service}
        </Link>
      )}
      <Link href={permalink} prefetch={false} className={line}>
        Permalink
      </Link>
    </Menu>
  );
}

const Step = ({ name, children }: { name: string; children: ReactNode }) => (
  <button type="submit" name="do" value={name} className={line}>
    {children}
  </button>
);
