// The card as a page for an iframe: no scripts, no cookies, nothing of Hubs' own pages.
import type { Card } from './card.ts';
import { escapeText } from './xml.ts';

/** The one page of Hubs that other sites may frame. */
export const cardPageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; base-uri 'none'; form-action 'none'; frame-ancestors *",
};

const style = `
*{box-sizing:border-box;margin:0}
body{max-width:32rem;padding:1rem;border:1px solid light-dark(#d5d9e0,#3a414d);border-radius:.5rem;font:.875rem/1.4 system-ui,sans-serif;
background:light-dark(#fff,#171b22);color:light-dark(#1b222c,#e6e9ee);overflow-wrap:anywhere}
a{color:light-dark(#1f57a8,#8db8f5);text-decoration:none}a:hover{text-decoration:underline}
header{display:flex;gap:.75rem;align-items:center}
.tile{display:grid;place-items:center;flex:none;width:2.5rem;height:2.5rem;border-radius:.375rem;color:#fff;font-weight:600;
font-size:1.25rem;text-transform:uppercase;object-fit:cover}
h1{font-size:1.0625rem;line-height:1.2}header p,time,footer{color:light-dark(#566070,#a4adba)}
ul{list-style:none;padding:0;margin:.75rem 0}li{padding:.4rem 0;border-top:1px solid light-dark(#e6e9ee,#2a303a)}
time,footer{font-size:.75rem}`;

export function writeCardPage(card: Card): string {
  const { name, summary, home, people, entries, theme } = card;
  const title = escapeText(name);
  const list = entries
    .map(
      ({ text, href, day, time }) =>
        `<li><a href="${escapeText(href)}">${escapeText(text)}</a> <time datetime="${new Date(time).toISOString()}">${escapeText(day)}</time></li>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en" style="color-scheme:${theme ?? 'light dark'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><base target="_blank">
<title>${title}</title><style>${style}</style></head>
<body><main>
<header>${writePicture(card)}<div><h1><a href="${escapeText(home)}">${title}</a></h1><p>${escapeText(
    [summary, people].filter(Boolean).join(' · '),
  )}</p></div></header>
${entries.length > 0 ? `<ul>${list}</ul>` : '<p style="margin:.75rem 0">Nothing has happened here yet.</p>'}
<footer><a href="${escapeText(home)}">More on Hubs</a></footer>
</main></body></html>
`;
}

const writePicture = ({ picture, tile }: Card): string =>
  picture
    ? `<img class="tile" src="${escapeText(picture)}" alt="" referrerpolicy="no-referrer">`
    : `<span class="tile" aria-hidden="true" style="background:${tile.colour};color:${tile.ink}">${escapeText(tile.initial)}</span>`;
