// The little of XML that feeds need: elements with attributes and text, never anything that is not well-formed.

/** What XML 1.0 can't carry at all, not even escaped. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in XML and in HTML, between tags and in attributes. */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? '');

/** Markup that is finished; everything else is text and gets escaped. */
export class Markup {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Content = Markup | string | null | Content[];

const write = (content: Content): string => {
  if (content === null) return '';
  if (Array.isArray(content)) return content.map(write).join('');
  return content instanceof Markup ? content.markup : escapeText(content);
};

/** `<name attribute="…">content</name>`; an attribute that is null is left out. */
export function element(
  name: string,
  attributes: Record<string, string | null> = {},
  content: Content = null,
): Markup {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === null ? '' : ` ${key}="${escapeText(value)}"`))
    .join('');
  const inner = write(content);
  return new Markup(inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`);
}

/** The whole document. */
export const xmlDocument = (root: Markup): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${root.markup}\n`;
