import type { DemoPerson } from './people.ts';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
ul{list-style:none;padding:0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
li button{width:100%;text-align:left;padding:.6rem .9rem}button{font:inherit;border-radius:.4rem;border:1px solid #858e9b;cursor:pointer;padding:.5rem 1rem}
small{display:block}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** Everybody, one button each. */
export const loginPage = (people: DemoPerson[], action: string): string =>
  page(
    'Who are you in Meadow?',
    `<p>Meadow is made up, so nobody has a password: pick anybody.</p>
<form method="post" action="${escapeHtml(action)}"><ul>${people
      .map(
        ({ username, fullName, groups }) =>
          `<li><button name="username" value="${escapeHtml(username)}">${escapeHtml(fullName)}<small>${escapeHtml([username, ...groups].join(' · '))}</small></button></li>`,
      )
      .join('')}</ul></form>`,
  );

/** @param form the library's own, named op.logoutForm */
export const logoutPage = (form: string): string =>
  page(
    'Signed out of Hubs',
    `<p>Sign out of Meadow too, so that you can come back as somebody else?</p>${form}
<p><button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">Sign out of Meadow</button>
<button type="submit" form="op.logoutForm">Stay signed in there</button></p>`,
  );

export const errorPage = (code: string, description = ''): string =>
  page('That did not work', `<p>${escapeHtml(description || code)}. Go back to Hubs and begin again.</p>`);
