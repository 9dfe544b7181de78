// What a page says of itself: title, a word about it, a small picture.
import { Parser } from 'htmlparser2';
import { type FetchOptions, fetchBytes } from './fetch.ts';
import { UpstreamError } from './upstream-error.ts';

export interface Preview {
  title: string | null;
  description: string | null;
  /** A data URL of at most 32 KB. */
  picture: string | null;
}

/** What is said of a page stands in its head: the beginning is enough. */
const PAGE_BYTES = 512 * 1024;
/** Base64 makes 4 characters of 3 bytes: 32 KB of data URL. */
const PICTURE_BYTES = 24 * 1024 - 32;
const PICTURES_TRIED = 4;

/**
 * @param options.picture whether a picture is wanted
 * @throws {UpstreamError} where the page can't be had; a picture that can't is none
 */
export async function fetchPreview(
  url: string,
  {
    picture,
    signal,
    guard,
  }: { picture: boolean; signal?: AbortSignal | undefined; guard?: FetchOptions['guard'] },
): Promise<Preview> {
  const options = { ...(signal ? { signal } : {}), ...(guard ? { guard } : {}) };
  const page = await fetchBytes(url, { ...options, limitBytes: PAGE_BYTES, cut: true });
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(page.type)) {
    return { title: null, description: null, picture: picture ? asPicture(page.bytes) : null };
  }
  const head = readHead(page.bytes.toString('utf8'));
  const pictures = picture ? picturesOf(head, page.url) : [];
  return {
    title: clean(head.meta.get('og:title') ?? head.title, 200),
    description: clean(head.meta.get('og:description') ?? head.meta.get('description') ?? '', 500),
    picture: await firstPicture(pictures, options),
  };
}

interface Head {
  title: string;
  /** By name or property, in lower case; the first of each. */
  meta: Map<string, string>;
  icons: string[];
}

export function readHead(html: string): Head {
  const head: Head = { title: '', meta: new Map(), icons: [] };
  let inTitle = false;
  let titled = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'title' && !titled) inTitle = true;
      const { content, href } = attributes;
      const key = (attributes.property ?? attributes.name ?? '').toLowerCase();
      if (name === 'meta' && key && content && !head.meta.has(key)) head.meta.set(key, content);
      if (name === 'link' && href && /\bicon\b|^apple-touch-icon/i.test(attributes.rel ?? ''))
        head.icons.push(href);
    },
    ontext(text) {
      if (inTitle) head.title += text;
    },
    onclosetag(name) {
      if (name !== 'title') return;
      titled ||= inTitle;
      inTitle = false;
    },
  });
  parser.end(html);
  return head;
}

/** Where a picture could be, the most telling first. */
function picturesOf({ meta, icons }: Head, base: string): string[] {
  const given = [meta.get('og:image'), meta.get('twitter:image'), ...icons.toReversed(), '/favicon.ico'];
  const addresses = given.flatMap((address) => (address ? (URL.parse(address, base)?.href ?? []) : []));
  return [...new Set(addresses)].slice(0, PICTURES_TRIED);
}

async function firstPicture(addresses: string[], options: FetchOptions): Promise<string | null> {
  for (const address of addresses) {
    try {
      const { bytes } = await fetchBytes(address, { ...options, limitBytes: PICTURE_BYTES });
      const picture = asPicture(bytes);
      if (picture) return picture;
    } catch (error) {
      // Too large, not there, not public: the next one, or none. A page without a picture is a page.
      if (!(error instanceof UpstreamError) || options.signal?.aborted) throw error;
    }
  }
  return null;
}

/** By what a file begins with. */
function formatOf(start: string): string | null {
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  return start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP' ? 'image/webp' : null;
}

/** Only what begins as one of four picture formats, whatever its server calls it: SVG can carry scripts. */
export function asPicture(bytes: Buffer): string | null {
  const format = formatOf(bytes.subarray(0, 16).toString('latin1'));
  return format && bytes.length <= PICTURE_BYTES ? `data:${format};base64,${bytes.toString('base64')}` : null;
}

/** One line of plain text, without what PostgreSQL can't keep. */
function clean(text: string, length: number): string | null {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .toWellFormed();
  return line === '' ? null : line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
