import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openGuard } from './guard.ts';
import { asPicture, fetchPreview, readHead } from './preview.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A site of its own: each path with its type and body. Its name is public as far as this guard knows. */
async function serve(pages: Record<string, { type: string; body: string | Buffer }>) {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const page = pages[request.url ?? ''];
    asked.push(request.url ?? '');
    response
      .writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain' })
      .end(page?.body ?? 'none');
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const guard = openGuard({
    isPublic: () => true,
    resolve: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  onTestFinished(async () => {
    await guard.destroy();
    server.close();
  });
  const base = `http://site.example:${(server.address() as AddressInfo).port}`;
  return { asked, look: (picture = true) => fetchPreview(`${base}/`, { picture, guard }) };
}
const page = (head: string) => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><head>${head}</head><p>x`,
});

test('a page says its title, a word about itself and its picture', async () => {
  const { look } = await serve({
    '/': page(`<title>Guide &amp; rules</title><meta name=description content="How we&#10;work">
      <meta property="og:image" content="/map.png">`),
    '/map.png': { type: 'image/png', body: png },
  });
  expect(await look()).toEqual({
    title: 'Guide & rules',
    description: 'How we work',
    picture: `data:image/png;base64,${png.toString('base64')}`,
  });
});

test('a picture that is too large, missing or none leaves the next one, at last the favicon', async () => {
  const { look, asked } = await serve({
    '/': page('<meta property="og:image" content="/huge.png"><link rel="icon" href="/icon.svg">'),
    '/huge.png': { type: 'image/png', body: Buffer.concat([png, Buffer.alloc(40_000)]) },
    '/icon.svg': { type: 'image/png', body: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
    '/favicon.ico': { type: 'image/x-icon', body: png },
  });
  expect((await look()).picture).toBe(`data:image/png;base64,${png.toString('base64')}`);
  expect(asked).toEqual(['/', '/huge.png', '/icon.svg', '/favicon.ico']);
});

test('only where a picture is wanted it is asked for', async () => {
  const { look, asked } = await serve({
    '/': page('<title>x</title><meta property="og:image" content="/a.png">'),
  });
  expect((await look(false)).picture).toBeNull();
  expect(asked).toEqual(['/']);
});

test('what is no page has no words; a picture is its own', async () => {
  const { look } = await serve({ '/': { type: 'image/png', body: png } });
  expect(await look()).toMatchObject({
    title: null,
    description: null,
    picture: expect.stringContaining('data:image/png'),
  });
});

test('a page that is not there is a failure with a sentence', async () => {
  const { look } = await serve({});
  await expect(look()).rejects.toThrow('does not have what was asked for (404).');
});

test('pictures are known by what they begin with', () => {
  expect(asPicture(Buffer.from('GIF89a......'))).toMatch(/^data:image\/gif;/);
  expect(asPicture(Buffer.from('RIFF0000WEBPVP8 '))).toMatch(/^data:image\/webp;/);
  expect(asPicture(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toMatch(/^data:image\/jpeg;/);
  expect(asPicture(Buffer.from('<svg onload=alert(1)>'))).toBeNull();
  expect(asPicture(Buffer.alloc(0))).toBeNull();
});

test('whatever a page is like, reading its head ends', () => {
  const pieces = fc.constantFrom(
    '<title>',
    '</title>',
    '<meta name="description" content="',
    '"',
    '>',
    '<link rel=icon href=',
    'x',
    '<!--',
    '<svg><title>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
      const { title, meta, icons } = readHead(parts.join(''));
      expect([typeof title, meta instanceof Map, Array.isArray(icons)]).toEqual(['string', true, true]);
    }),
  );
});
