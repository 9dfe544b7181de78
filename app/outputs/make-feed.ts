// A hub's entries as a feed for others: absolute links, clean HTML, ids that stay.
import type { HubInfo } from '../../hubs/find-hub.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import type { OutputEntry, OutputFeed } from '../../outputs/output-feed.ts';
import { escapeText } from '../../outputs/xml.ts';
import { plural, sayTime } from '../../ui/words.ts';
import type { FeedItem, ItemPart } from '../../widgets/feed/items.ts';
import type { FeedOwn } from '../../widgets/feed/read-own.ts';

interface Given {
  hub: HubInfo;
  /** Newest first. */
  items: FeedItem[];
  /** What came while the reader was away: the first entry of their stream. */
  away: FeedOwn['away'];
  /** The address people use. */
  baseUrl: string;
  /** Where this feed lies. */
  self: string;
  /** Words for the filter in force; empty: none. */
  filter: string;
}

export function makeFeed({ hub, items, away, baseUrl, self, filter }: Given): OutputFeed {
  const home = new URL(hubPath(hub), baseUrl).href;
  const author = hub.type === 'stream' ? `My Stream (${hub.name})` : hub.name;
  const entries = items.map((item) => makeEntry(item, hub, baseUrl, home));
  return {
    id: idOf(hub, baseUrl, filter && `?${filter}`),
    title: filter ? `${author}: ${filter}` : author,
    description: hub.summary,
    author,
    home,
    self,
    updated: items[0]?.time ?? hub.createdAt.getTime(),
    entries: away ? [makeAway(away, hub, baseUrl, home), ...entries] : entries,
  };
}

/** A tag URI (RFC 4151): stays when the hub is called otherwise or its page moves. */
function idOf({ id, createdAt }: HubInfo, baseUrl: string, rest: string): string {
  const day = createdAt.toISOString().slice(0, 10);
  return `tag:${new URL(baseUrl).hostname},${day}:hub/${id}${rest && `/${encodeURIComponent(rest)}`}`;
}

/** Of what stands together the oldest gives the id: it stays when more comes, so that readers bring the entry up to date. */
function makeEntry(item: FeedItem, hub: HubInfo, baseUrl: string, home: string): OutputEntry {
  const person = item.parts.find((part) => part.type === 'person' && part.text === item.agent);
  const oldest = item.members?.at(-1) ?? item;
  return {
    id: idOf(hub, baseUrl, oldest.id),
    title: sentenceOf(item),
    link: linkOf(item, baseUrl) ?? home,
    published: oldest.time,
    updated: item.time,
    html: `${writeSentence('p', item, baseUrl)}${writeBody(item.body)}${writeMembers(item.members, baseUrl)}`,
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

/** One entry for one absence: it grows until the reader is back. */
function makeAway(
  { since, lines, older }: NonNullable<FeedOwn['away']>,
  hub: HubInfo,
  baseUrl: string,
  home: string,
): OutputEntry {
  const list = lines.map(({ text, href }) => `<li>${writePart({ type: 'link', text, href }, baseUrl)}</li>`);
  return {
    id: idOf(hub, baseUrl, `away/${since}`),
    title: `While you were away: ${plural(lines.length + older, 'entry', 'entries')} since ${sayTime(since, 'UTC')}`,
    link: home,
    published: since,
    updated: lines[0]?.time ?? since,
    html: `<ul>${list.join('')}</ul>${older > 0 ? `<p>and ${older.toLocaleString('en')} older</p>` : ''}`,
    author: null,
    tags: ['hubs'],
  };
}

const sentenceOf = ({ parts, kind }: FeedItem): string => parts.map(({ text }) => text).join('') || kind;

const linkOf = ({ link, permalink }: FeedItem, baseUrl: string): string | null =>
  absolute(link, baseUrl) ?? absolute(permalink, baseUrl);

const writeSentence = (tag: 'p' | 'li', { parts }: FeedItem, baseUrl: string): string =>
  `<${tag}>${parts.map((part) => writePart(part, baseUrl)).join('')}</${tag}>`;

const writeMembers = (members: FeedItem[] | undefined, baseUrl: string): string =>
  members ? `<ul>${members.map((member) => writeSentence('li', member, baseUrl)).join('')}</ul>` : '';

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
