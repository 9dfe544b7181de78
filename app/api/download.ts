/** A JSON file that the browser saves and nobody in between keeps. */
export const download = (name: string, content: unknown): Response =>
  new Response(`${JSON.stringify(content, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
