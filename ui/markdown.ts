// Markdown as people write it, made into HTML that is safe to show: on the server only, so that no browser gets the
// library. Raw HTML and dangerous addresses never pass (micromark's own promise; markdown.test.ts holds it).

import { LRUCache } from 'lru-cache';
import { micromark } from 'micromark';
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from 'micromark-extension-gfm-autolink-literal';

/** HTML that renderMarkdown made; nothing else may be shown as it is. */
export type SafeHtml = string & { readonly safeHtml: true };

const tags = /<a [^>]*>|<\/a>|<img src="([^"]*)" alt="([^"]*)"[^>]*>|<(\/?)h([1-6])>/g;

/** The texts of the hubs that are looked at, by rank and text; in characters. */
const kept = new LRUCache<string, SafeHtml>({
  maxSize: 1_000_000,
  sizeCalculation: (html, text) => text.length + html.length,
});

/**
 * CommonMark with bare addresses as links. Links of others pass no rank on; pictures become links, so that nobody's
 * server learns who reads.
 * @param above the rank of the heading that it stands under: a widget's own is an h2
 */
export function renderMarkdown(text: string, above = 2): SafeHtml {
  const key = `${above} ${text}`;
  const html = kept.get(key) ?? render(text, above);
  kept.set(key, html);
  return html;
}

function render(text: string, above: number): SafeHtml {
  const html = micromark(text, {
    extensions: [gfmAutolinkLiteral()],
    htmlExtensions: [gfmAutolinkLiteralHtml()],
  });
  let inLink = false;
  const outline: number[] = [];
  // In micromark's output every `<` of the text is escaped: what stands there as a tag is one.
  return html.replace(tags, (tag, source?: string, words?: string, slash?: string, rank?: string) => {
    if (rank !== undefined) {
      if (!slash) goTo(outline, Number(rank));
      return `<${slash}h${Math.min(6, above + outline.length)}>`;
    }
    if (source !== undefined)
      return inLink || !source ? (words ?? '') : `${openLink(source)}${words || source}</a>`;
    inLink = tag !== '</a>';
    return inLink ? tag.replace('<a ', '<a rel="nofollow ugc noopener" ') : tag;
  }) as SafeHtml;
}

/** The words alone, in one line, for where there is room for nothing else. */
export const plainText = (text: string): string =>
  micromark(text)
    .replace(/<\/?(?:a|code|em|img|strong)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: keyof typeof escaped) => escaped[name])
    .replace(/\s+/g, ' ')
    .trim();

/** All that micromark writes. */
const escaped = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Whoever hears the page gets an outline without gaps, whatever ranks were written. */
function goTo(outline: number[], rank: number): void {
  while ((outline.at(-1) ?? 0) >= rank) outline.pop();
  outline.push(rank);
}

const openLink = (href: string) => `<a rel="nofollow ugc noopener" href="${href}">`;
