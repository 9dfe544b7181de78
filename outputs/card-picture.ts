// The card as a picture, for pages that take no frames, such as a README.
import type { Card } from './card.ts';
import { element, type Markup, xmlDocument } from './xml.ts';

export const cardPictureHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

const WIDTH = 480;
const LINE = 26;
const TOP = 92;
/** So many characters of this size fit, whatever the font; what is longer is cut. */
const CHARACTERS = 62;

const light = '.b{fill:#fff;stroke:#d5d9e0}.t{fill:#1b222c}.m{fill:#566070}';
const dark = '.b{fill:#171b22;stroke:#3a414d}.t{fill:#e6e9ee}.m{fill:#a4adba}';

const styleOf = (theme: Card['theme']): string => {
  if (theme) return theme === 'dark' ? dark : light;
  return `${light}@media (prefers-color-scheme:dark){${dark}}`;
};

const cut = (text: string, length = CHARACTERS): string => {
  const signs = [...text];
  return signs.length > length ? `${signs.slice(0, length - 1).join('')}…` : text;
};

export function writeCardPicture({ name, summary, people, tile, entries, theme }: Card): string {
  const height = TOP + Math.max(1, entries.length) * LINE;
  const line = (text: string, index: number) => words(text, { x: 20, y: TOP + index * LINE, size: 13 });
  return xmlDocument(
    element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${WIDTH} ${height}`,
        width: String(WIDTH),
        height: String(height),
        role: 'img',
        'aria-label': `${name}: ${people}`,
        'font-family': 'system-ui, sans-serif',
      },
      [
        element('style', {}, styleOf(theme)),
        element('rect', {
          class: 'b',
          x: '.5',
          y: '.5',
          width: `${WIDTH - 1}`,
          height: `${height - 1}`,
          rx: '8',
        }),
        element('rect', { x: '20', y: '18', width: '40', height: '40', rx: '6', fill: tile.colour }),
        element(
          'text',
          {
            x: '40',
            y: '45',
            fill: tile.ink,
            'font-size': '20',
            'font-weight': '600',
            'text-anchor': 'middle',
          },
          tile.initial.toUpperCase(),
        ),
        words(cut(name, 38), { x: 74, y: 35, size: 17, weight: '600' }),
        words(cut([people, summary].filter(Boolean).join(' · '), 56), { x: 74, y: 54, size: 13, look: 'm' }),
        ...(entries.length > 0
          ? entries.map(({ text, day }, index) => line(cut(`${day}: ${text}`), index))
          : [line('Nothing has happened here yet.', 0)]),
      ],
    ),
  );
}

const words = (
  text: string,
  {
    x,
    y,
    size,
    weight = null,
    look = 't',
  }: { x: number; y: number; size: number; weight?: string | null; look?: 't' | 'm' },
): Markup =>
  element(
    'text',
    { class: look, x: String(x), y: String(y), 'font-size': String(size), 'font-weight': weight },
    text,
  );
