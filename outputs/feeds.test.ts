import fc from 'fast-check';
import Parser from 'rss-parser';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { feedFormats } from './feed-formats.ts';
import type { OutputEntry, OutputFeed } from './output-feed.ts';
import { escapeText } from './xml.ts';

const entry: OutputEntry = {
  id: 'tag:hubs.example.org,2026-11-23:hub/7/2026-abc',
  title: 'mira said <b>"5 > 3 & 2 < 4"</b> ]]> &amp; so on',
  link: 'https://forge.example.org/issue?a=1&b=2',
  published: Date.UTC(2026, 10, 23, 12, 0, 5),
  updated: Date.UTC(2026, 10, 23, 12, 0, 5),
  html: '<p><a href="https://hubs.example.org/u/mira">mira</a> said &lt;b&gt; &amp; ]]&gt;</p>',
  author: { name: 'mira', href: 'https://hubs.example.org/u/mira', picture: null },
  tags: ['pagure', 'pagure.issue.new'],
};
const feed: OutputFeed = {
  id: 'tag:hubs.example.org,2026-11-23:hub/7',
  title: 'design & friends',
  description: 'Makes it <pretty>',
  author: 'design',
  home: 'https://hubs.example.org/t/design',
  self: 'https://hubs.example.org/t/design/feed?q=a&kind=b',
  updated: entry.updated,
  entries: [entry, { ...entry, id: `${entry.id}-2`, author: null }],
};
const parser = new Parser();

test.each(['atom', 'rss'] as const)('%s says the same to another parser', async (format) => {
  const read = await parser.parseString(feedFormats[format].write(feed));
  expect(read).toMatchObject({
    title: feed.title,
    link: feed.home,
    feedUrl: feed.self,
    items: [
      {
        title: entry.title,
        link: entry.link,
        isoDate: '2026-11-23T12:00:05.000Z',
        content: entry.html,
        contentSnippet: 'mira said <b> & ]]>',
        [format === 'atom' ? 'id' : 'guid']: entry.id,
        [format === 'atom' ? 'author' : 'creator']: 'mira',
      },
      {},
    ],
  });
});

/** https://www.jsonfeed.org/version/1.1/, strictly: what it does not name is an error. */
const author = z.strictObject({ name: z.string(), url: z.url().optional(), avatar: z.url().optional() });
const jsonFeedSchema = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  home_page_url: z.url(),
  feed_url: z.url(),
  description: z.string().optional(),
  language: z.string(),
  authors: z.array(author).min(1),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: z.url(),
      title: z.string(),
      content_html: z.string(),
      date_published: z.iso.datetime(),
      date_modified: z.iso.datetime().optional(),
      authors: z.array(author).min(1).optional(),
      tags: z.array(z.string()),
    }),
  ),
});

test('the JSON Feed keeps to its specification and says the same', () => {
  const read = jsonFeedSchema.parse(JSON.parse(feedFormats.json.write(feed)));
  expect(read).toMatchObject({ title: feed.title, feed_url: feed.self });
  expect(read.items[0]).toMatchObject({ id: entry.id, title: entry.title, content_html: entry.html });
  expect(read.items.map((item) => item.authors?.[0]?.name)).toEqual(['mira', undefined]);
});

test('a feed without entries is one, too', async () => {
  const empty = { ...feed, entries: [] };
  for (const format of ['atom', 'rss'] as const)
    expect((await parser.parseString(feedFormats[format].write(empty))).items).toEqual([]);
  expect(jsonFeedSchema.parse(JSON.parse(feedFormats.json.write(empty))).items).toEqual([]);
});

test('whatever is said, XML carries it and stays well-formed', async () => {
  const said = fc.array(fc.string({ unit: 'binary' }), { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(said, async (texts) => {
      const entries = texts.map((text) => ({
        ...entry,
        title: `>${text}<`,
        html: `<p>${escapeText(text)}</p>`,
      }));
      for (const format of ['atom', 'rss'] as const) {
        const { items } = await parser.parseString(feedFormats[format].write({ ...feed, entries }));
        expect(items).toHaveLength(texts.length);
        for (const { title } of items) expect(title).toMatch(/^>.*<$/s);
      }
    }),
    { numRuns: 8 },
  );
});
