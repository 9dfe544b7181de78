// RSS 2.0, with the elements of Atom and Dublin Core that readers expect beside it.
import type { OutputEntry, OutputFeed } from './output-feed.ts';
import { element, type Markup, xmlDocument } from './xml.ts';

/** RFC 822 with a year of four digits: `Mon, 23 Nov 2026 14:05:00 GMT`. */
const rssTime = (time: number): string => new Date(time).toUTCString();

const names = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

export const writeRss = (feed: OutputFeed): string =>
  xmlDocument(
    element('rss', names, [
      element('channel', {}, [
        element('title', {}, feed.title),
        element('link', {}, feed.home),
        element('description', {}, feed.description || feed.title),
        element('language', {}, 'en'),
        element('lastBuildDate', {}, rssTime(feed.updated)),
        element('generator', {}, 'Hubs'),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.self }),
        ...feed.entries.map(writeItem),
      ]),
    ]),
  );

function writeItem({ id, title, link, updated, html, author, tags }: OutputEntry): Markup {
  return element('item', {}, [
    element('title', {}, title),
    element('link', {}, link),
    element('guid', { isPermaLink: 'false' }, id),
    element('pubDate', {}, rssTime(updated)),
    author && element('dc:creator', {}, author.name),
    ...tags.map((tag) => element('category', {}, tag)),
    element('description', {}, html),
  ]);
}
