/** A page that needs nothing but itself; the reason is for the log and /readyz, not for visitors. */
export const awayPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>Back in a moment · Hubs</title>
<style>
  :root { color-scheme: light dark }
  body { max-width: 36rem; margin: 15vh auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }
</style>
<h1>Back in a moment</h1>
<p>Hubs can’t reach its database (PostgreSQL) right now, so this page can’t be shown. Nothing is lost.</p>
<p>This page tries again by itself every 5 seconds.</p>
`;
