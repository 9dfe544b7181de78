import Link from 'next/link';
import { type FeedQuery, sayFeedQuery } from '../../feeds/filter.ts';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { feedFormats } from '../../outputs/feed-formats.ts';
import { getStores } from '../stores.ts';

/**
 * Where else the hub can be read: said to feed readers in the page's head, and to people below it.
 * @param query what of the feed the page shows: the feeds are of the same
 */
export function OutputLinks({ hub, query }: { hub: HubInfo; query: FeedQuery }) {
  const { BASE_URL } = getStores().settings;
  const path = hubPath(hub);
  const name = hub.type === 'stream' ? 'My Stream' : hub.name;
  const isOpen = may(null, 'read', hub);
  const feeds = Object.entries(feedFormats).map(([format, { label, type }]) => ({
    href: `${path}/feed.${format}${sayFeedQuery({ ...query, all: false })}`,
    label,
    type,
  }));
  return (
    <nav aria-label="Read elsewhere" className="mt-6 text-muted text-sm leading-6">
      {feeds.map(({ href, label, type }) => (
        <link key={href} rel="alternate" type={type} title={`${name} (${label})`} href={href} />
      ))}
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        <li aria-hidden="true">Read elsewhere:</li>
        {feeds.map(({ href, label, type }) => (
          <li key={href}>
            <a href={href} type={type}>
              {label}
            </a>
          </li>
        ))}
        {hub.type === 'team' && hub.calendar && (
          <li>
            <a href={`${path}/meetings.ics`} type="text/calendar">
              Meetings (iCal)
            </a>
          </li>
        )}
        {!isOpen && (
          <li>
            <Link href="/settings/links" prefetch={false}>
              Secret links for feed readers
            </Link>
          </li>
        )}
        {isOpen && (
          <li>
            <details>
              <summary className="w-fit text-accent hover:underline">Embed</summary>
              <p className="mt-2">
                The name, the people and the newest entries, for a page of your own.{' '}
                <a href={`${path}/card`}>Look at it</a>, or take it{' '}
                <a href={`${path}/card.svg`}>as a picture</a>.
              </p>
              <textarea
                readOnly
                rows={2}
                aria-label="HTML to embed"
                className="mt-2 block w-full max-w-2xl rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-text text-xs"
                defaultValue={`<iframe src="${new URL(`${path}/card`, BASE_URL).href}" title="${name} on Hubs" width="360" height="360" style="border:0" loading="lazy"></iframe>`}
              />
            </details>
          </li>
        )}
      </ul>
    </nav>
  );
}
