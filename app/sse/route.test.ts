import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { until } from '../../testing/until.ts';
import { endStreams } from '../streams.ts';
import { GET } from './route.ts';

beforeEach(() => {
  globalThis.hubsStores = undefined;
  globalThis.hubsStreams = undefined;
  process.env.DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/nothing';
  process.env.REDIS_URL = 'redis://127.0.0.1:1';
  process.env.LOG_LEVEL = 'fatal';
  // Vite sets one of its own.
  process.env.BASE_URL = 'http://hubs.example';
});
afterEach(() => {
  globalThis.hubsStores = undefined;
  globalThis.hubsStreams = undefined;
});

async function serve(listener: RequestListener): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  process.env.SSE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (init?: RequestInit) => GET(new Request('http://hubs.example/sse?hub=1&hub=2', init));

test('the stream is passed on with its query, its position and headers that keep it flowing', async () => {
  const asked: (string | undefined)[] = [];
  await serve((request, response) => {
    asked.push(request.url, request.headers['last-event-id']?.toString());
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('event: notice\ndata: {}\n\n');
  });
  const response = await ask({ headers: { 'last-event-id': 'e.1-0' } });
  expect(await response.text()).toBe('event: notice\ndata: {}\n\n');
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(asked).toEqual(['/sse?hub=1&hub=2', 'e.1-0']);
});

test('a stop ends the streams that are open, and later ones are refused', async () => {
  await serve((_, response) => response.writeHead(200).write(': hello\n\n'));
  const response = await ask();
  endStreams();
  expect(await response.text()).not.toContain('error');
  expect((await ask()).status).toBe(503);
});

test('a reader who leaves frees the SSE server', async () => {
  const { promise: left, resolve: gone } = Promise.withResolvers<void>();
  await serve((_, response) => {
    response.writeHead(200).write(': hello\n\n');
    response.on('close', () => gone());
  });
  const controller = new AbortController();
  await ask({ signal: controller.signal });
  controller.abort();
  await left;
});

test('an SSE server that is away is a sentence and a time to come back', async () => {
  process.env.SSE_URL = 'http://127.0.0.1:1';
  const response = await ask();
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.text()).toContain('tries again');
});

test('an SSE server that takes its time is waited for; one that never comes to an end of its answer is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const fetched = vi.spyOn(globalThis, 'fetch');
  onTestFinished(() => {
    vi.useRealTimers();
    fetched.mockRestore();
  });
  const asked: ServerResponse[] = [];
  await serve((_, response) => void asked.push(response));
  const arrival = (count: number) => until(() => asked.length === count);
  const slow = ask();
  await arrival(1);
  await vi.advanceTimersByTimeAsync(10_000);
  asked[0]?.writeHead(200).write(': hello\n\n');
  expect((await slow).status).toBe(200);

  const silent = ask();
  await arrival(2);
  const stuck = ask();
  await arrival(3);
  asked[2]?.writeHead(404).write('{');
  await fetched.mock.results[2]?.value; // the head is there, the rest never comes
  await vi.advanceTimersByTimeAsync(60_000);
  for (const answer of [await silent, await stuck]) expect(answer.status).toBe(503);
});

test('a refusal is passed on as it is', async () => {
  await serve((_, response) =>
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{}}'),
  );
  const response = await ask();
  expect([response.status, await response.text()]).toEqual([404, '{"error":{}}']);
});
