// Atom 1.0 (RFC 4287).
import type { OutputEntry, OutputFeed } from './output-feed.ts';
import { element, type Markup, xmlDocument } from './xml.ts';

const atomTime = (time: number): string => new Date(time).toISOString();

export const writeAtom = (feed: OutputFeed): string =>
  xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en' }, [
      element('id', {}, feed.id),
      element('title', {}, feed.title),
      element('subtitle', {}, feed.description),
      element('updated', {}, atomTime(feed.updated)),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.home }),
      element('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
      element('author', {}, [element('name', {}, feed.author), element('uri', {}, feed.home)]),
      element('generator', {}, 'Hubs'),
      ...feed.entries.map(writeEntry),
    ]),
  );

function writeEntry({ id, title, link, published, updated, html, author, tags }: OutputEntry): Markup {
  return element('entry', {}, [
    element('id', {}, id),
    element('title', {}, title),
    element('link', { rel: 'alternate', href: link }),
    element('published', {}, atomTime(published)),
    element('updated', {}, atomTime(updated)),
    author &&
      element('author', {}, [
        element('name', {}, author.name),
        author.href && element('uri', {}, author.href),
      ]),
    ...tags.map((term) => element('category', { term })),
    element('content', { type: 'html' }, html),
  ]);
}
