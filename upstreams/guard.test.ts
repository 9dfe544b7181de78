import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fetchBytes, fetchJson } from './fetch.ts';
import { isPublicAddress, openGuard } from './guard.ts';
import { UpstreamError } from './upstream-error.ts';

/** Linux has all of 127.0.0.0/8: here 127.0.0.2 plays a public address, 127.0.0.1 stays what it is. */
const PUBLIC = '127.0.0.2';
const isPublic = (address: string) => address === PUBLIC;

/** A server on both addresses of one port; it counts who came through which. */
async function serve(listener: RequestListener) {
  const asked = { public: 0, private: 0 };
  const server = createServer((request, response) => {
    asked[request.socket.localAddress?.endsWith(PUBLIC) ? 'public' : 'private'] += 1;
    response.setHeader('connection', 'close');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

/** A guard whose resolver gives these answers, one after another, the last one for ever. */
function guardWith(answers: Record<string, string[][]>) {
  const guard = openGuard({
    isPublic,
    resolve: (name, done) => {
      const left = answers[name] ?? [];
      const next = (left.length > 1 ? left.shift() : left[0]) ?? [];
      done(
        null,
        next.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });
  onTestFinished(() => guard.close());
  return guard;
}

async function failure(asking: Promise<unknown>): Promise<UpstreamError> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`no UpstreamError but ${error}`);
  return error;
}

const ok: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');

test('addresses that are not of the public internet are known, in every form', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::',
    '2001:db8::1',
    'localhost',
    '',
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1']) {
    expect(isPublicAddress(address), address).toBe(true);
  }
});

test('no address of a private range is public, whichever', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(
      fc.constantFrom('10', '127', '192.168', '169.254', '224'),
      fc.tuple(byte, byte, byte),
      (net, rest) => {
        const address = [net, ...rest.slice(net.split('.').length - 1)].join('.');
        expect(isPublicAddress(address)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
      },
    ),
  );
});

test('a public name is asked; one that leads inside is not, and trying again would not help', async () => {
  const { asked, port } = await serve(ok);
  const guard = guardWith({
    'out.example': [[PUBLIC]],
    'in.example': [['127.0.0.1']],
    'both.example': [[PUBLIC, '::1']],
  });
  expect(await fetchJson(`http://out.example:${port}/`, { guard })).toEqual({ ok: true });
  for (const name of ['in.example', 'both.example']) {
    const error = await failure(fetchJson(`http://${name}:${port}/`, { guard }));
    expect(error.message).toBe(`${name}:${port} leads to an address that is not public.`);
    expect(error.retry).toBe(false);
  }
  expect(asked).toEqual({ public: 1, private: 0 });
});

test('an address written as such is checked too, however it is written', async () => {
  const { asked, port } = await serve(ok);
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
  ]) {
    expect((await failure(fetchJson(`http://${host}:${port}/`))).message).toContain('is not public');
  }
  // A bare system does not even know localhost.
  expect((await failure(fetchJson(`http://localhost:${port}/`))).message).toMatch(
    /is not public|has no address/,
  );
  expect(asked).toEqual({ public: 0, private: 0 });
});

test('a redirect that leads inside is not followed', async () => {
  const inside = await serve(ok);
  for (const target of [`http://127.0.0.1:${inside.port}/`, `http://in.example:${inside.port}/`]) {
    const { port } = await serve((_, response) => response.writeHead(302, { location: target }).end());
    const guard = guardWith({ 'out.example': [[PUBLIC]], 'in.example': [['127.0.0.1']] });
    expect((await failure(fetchJson(`http://out.example:${port}/`, { guard }))).message).toContain(
      'is not public',
    );
  }
  expect(inside.asked).toEqual({ public: 0, private: 0 });
});

test('a name that is public at first and private at the next look gains nothing', async () => {
  const { asked, port } = await serve(ok);
  const guard = guardWith({ 'rebind.example': [[PUBLIC], ['127.0.0.1']] });
  expect(await fetchJson(`http://rebind.example:${port}/`, { guard })).toEqual({ ok: true });
  expect((await failure(fetchJson(`http://rebind.example:${port}/`, { guard }))).message).toContain(
    'is not public',
  );
  expect(asked).toEqual({ public: 1, private: 0 });
});

test('what the operator configured may be private, and nothing it leads to', async () => {
  const other = await serve(ok);
  const { asked, port } = await serve((request, response) =>
    request.url === '/away'
      ? response.writeHead(302, { location: `http://127.0.0.1:${other.port}/` }).end()
      : ok(request, response),
  );
  const mayBePrivate = [`http://127.0.0.1:${port}`];
  expect(await fetchJson(`http://127.0.0.1:${port}/`, { mayBePrivate })).toEqual({ ok: true });
  const error = await failure(fetchJson(`http://127.0.0.1:${port}/away`, { mayBePrivate }));
  expect(error.message).toContain('is not public');
  expect(asked.private).toBe(2);
  expect(other.asked).toEqual({ public: 0, private: 0 });
});

test('bytes come with their type and where they came from; too many are cut or refused', async () => {
  const { port } = await serve((request, response) =>
    request.url === '/moved'
      ? response.writeHead(301, { location: '/page' }).end()
      : response.writeHead(200, { 'content-type': 'Text/HTML; charset=utf-8' }).end('x'.repeat(50_000)),
  );
  const base = `http://out.example:${port}`;
  const guard = guardWith({ 'out.example': [[PUBLIC]] });
  const cut = await fetchBytes(`${base}/moved`, { guard, limitBytes: 1_000, cut: true });
  expect({ ...cut, bytes: cut.bytes.length }).toEqual({
    url: `${base}/page`,
    type: 'text/html',
    bytes: 1_000,
  });
  expect((await failure(fetchBytes(base, { guard, limitBytes: 1_000 }))).message).toContain(
    'more than 1000 bytes',
  );
});
