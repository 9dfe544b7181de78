// A hub's entries as a feed for others: absolute links, clean HTML, ids that stay.
import type { HubInfo } from '../../hubs/find-hub.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import type { OutputEntry, OutputFeed } from '../../outputs/output-feed.ts';
import { escapeText } from '../../outputs/xml.ts';
import type { FeedItem, ItemPart } from '../../widgets/feed/items.ts';

interface Given {
  hub: HubInfo;
  /** Newest first. */
  items: FeedItem[];
  /** The address people use. */
  baseUrl: string;
  /** Where this feed lies. */
  self: string;
  /** Words for the filter in force; empty: none. */
  filter: string;
}

export function makeFeed({ hub, items, baseUrl, self, filter }: Given): OutputFeed {
  const home = new URL(hubPath(hub), baseUrl).href;
  const author = hub.type === 'stream' ? `My Stream (${hub.name})` : hub.name;
  return {
    id: idOf(hub, baseUrl, filter && `?${filter}`),
    title: filter ? `${author}: ${filter}` : author,
    description: hub.summary,
    author,
    home,
    self,
    updated: items[0]?.time ?? hub.createdAt.getTime(),
    entries: items.map((item) => makeEntry(item, hub, baseUrl, home)),
  };
}

/** A tag URI (RFC 4151): stays when the hub is called otherwise or its page moves. */
function idOf({ id, createdAt }: HubInfo, baseUrl: string, rest: string): string {
  const day = createdAt.toISOString().slice(0, 10);
  return `tag:${new URL(baseUrl).hostname},${day}:hub/${id}${rest && `/${encodeURIComponent(rest)}`}`;
}

function makeEntry(item: FeedItem, hub: HubInfo, baseUrl: string, home: string): OutputEntry {
  const person = item.parts.find((part) => part.type === 'person' && part.text === item.agent);
  return {
    id: idOf(hub, baseUrl, item.id),
    title: item.parts.map((part) => part.text).join('') || item.kind,
    link: absolute(item.link, baseUrl) ?? absolute(item.permalink, baseUrl) ?? home,
    time: item.time,
    html: `<p>${item.parts.map((part) => writePart(part, baseUrl)).join('')}</p>${writeBody(item.body)}`,
    author: item.agent
      ? {
          name: item.agent,
          href: absolute(person?.href ?? null, baseUrl),
          picture: absolute(item.picture, baseUrl),
        }
      : null,
    tags: [item.service, item.kind],
  };
}

function writePart({ text, href }: ItemPart, baseUrl: string): string {
  const address = absolute(href ?? null, baseUrl);
  return address ? `<a href="${escapeText(address)}">${escapeText(text)}</a>` : escapeText(text);
}

/** Plain text: an empty line ends a paragraph. */
const writeBody = (body: string | null): string =>
  (body ?? '')
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeText(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('');

/** A web address as it works everywhere; null for what is none, such as `javascript:`. */
function absolute(href: string | null, baseUrl: string): string | null {
  const url = href === null ? null : URL.parse(href, baseUrl);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
