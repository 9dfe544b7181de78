import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { demandPort, freePort, rememberPorts } from './ports.ts';

async function occupy(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())));
}

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a port taken on %s is named with who has it and what to do',
  async (host) => {
    const port = await freePort();
    await expect(demandPort(port)).resolves.toBeUndefined();
    await occupy(port, host);
    await expect(demandPort(port)).rejects.toThrow(`Port ${port} is taken by `);
    await expect(demandPort(port)).rejects.toThrow(
      `(process ${process.pid}). Stop that, or choose another port`,
    );
  },
);

test('ports stay the same from start to start, but for those that somebody took', async () => {
  const file = join(makeFolder('ports'), 'ports.json');
  const first = await rememberPorts(file, ['a', 'b']);
  expect(await rememberPorts(file, ['a', 'b'])).toEqual(first);
  await occupy(first.a, '127.0.0.1');
  const second = await rememberPorts(file, ['a', 'b']);
  expect(second.a).not.toBe(first.a);
  expect(second.b).toBe(first.b);
});
