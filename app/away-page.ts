// Pages that need nothing but themselves.

/** @param title and main HTML; @param head more for the head */
export const barePage = (title: string, main: string, head = '') => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="/icon.svg">
${head}<title>${title} · Hubs</title>
<style>
  :root { color-scheme: light dark; background: light-dark(#f4f5f7, #11151b); color: light-dark(#1b2330, #e5e9ef) }
  a { color: light-dark(#1f57a8, #8db8f7) }
  body { max-width: 36rem; margin: 15vh auto; padding: 0 1rem; font: .9375rem/1.5 system-ui, sans-serif }
  h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 600 }
  p { margin: .75rem 0; color: light-dark(#566070, #a0abb9) }
</style>
<main>
<h1>${title}</h1>
${main}</main>
`;

/** The reason is for the log and /readyz, not for visitors. */
export const awayPage = barePage(
  'Back in a moment',
  `<p>Hubs can’t reach its database (PostgreSQL) right now, so this page can’t be shown. Nothing is lost.</p>
<p>This page tries again by itself every 5 seconds.</p>
`,
  '<meta http-equiv="refresh" content="5">\n',
);

/** The browser sends the form again when it is asked to load this anew. */
export const notDonePage = barePage(
  'This was not done',
  `<p>Hubs can’t reach its database (PostgreSQL) right now. Nothing was changed.</p>
<p>Go back, where what you typed still stands, and send it again in a moment.</p>
`,
);

export const badAddressPage = barePage(
  'This address can’t be read',
  `<p>A part of it that begins with % is cut off or mistyped.</p>
<p><a href="/groups">See all teams</a></p>
`,
);
