// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
import type { OutputFeed } from './output-feed.ts';

export const writeJsonFeed = (feed: OutputFeed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    ...(feed.description ? { description: feed.description } : {}),
    home_page_url: feed.home,
    feed_url: feed.self,
    language: 'en',
    authors: [{ name: feed.author, url: feed.home }],
    items: feed.entries.map(({ id, title, link, published, updated, html, author, tags }) => ({
      id,
      url: link,
      title,
      content_html: html,
      date_published: new Date(published).toISOString(),
      ...(updated === published ? {} : { date_modified: new Date(updated).toISOString() }),
      ...(author ? { authors: [writeAuthor(author)] } : {}),
      tags,
    })),
  });

const writeAuthor = ({
  name,
  href,
  picture,
}: {
  name: string;
  href: string | null;
  picture: string | null;
}) => ({
  name,
  ...(href ? { url: href } : {}),
  ...(picture ? { avatar: picture } : {}),
});
