// The way from a test into a machine's own network: a socket file, relayed to one of its ports.
import { rmSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { type Child, startChild, waitUntilReady } from '../../local/child.ts';
import { openStream, type TestStream } from '../../testing/event-stream.ts';
import type { Machine } from './machine.ts';

const RELAY = `
const { connect, createServer } = require('node:net');
createServer((outside) => {
  const inside = connect(Number(process.argv[2]), '127.0.0.1');
  outside.pipe(inside).pipe(outside);
  for (const [one, other] of [[inside, outside], [outside, inside]]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}).listen({ path: process.argv[1], backlog: 511 }, () => console.log('open'));
`;
const OPEN_MS = 10_000;

export interface Door {
  /** Resolves when the whole answer has come. */
  get(path: string, headers?: Record<string, string>): Promise<TestStream>;
  /** Resolves when the headers have come. */
  stream(path: string, headers?: Record<string, string>): Promise<TestStream>;
  /** As a browser does it, over HTTP/2. @returns what came so far */
  streamHttp2(path: string): () => string;
  close(): Promise<void>;
}

/** @param address `https://name` for 443 with TLS whoever signed it, or `http://name:port` */
export async function openDoor(machine: Machine, address: string): Promise<Door> {
  const { hostname, port, protocol } = new URL(address);
  const isSecure = protocol === 'https:';
  const number = port || (isSecure ? '443' : '80');
  const socket = join(machine.shared, `door-${number}.sock`);
  const command = machine.command('node', ['-e', RELAY, socket, number]);
  const relay: Child = await startChild(command, `${socket}.log`);
  await waitUntilReady(relay, async () => relay.output().includes('open'), OPEN_MS);
  const connectTls = (more: object = {}) =>
    connectSecurely({
      ...{ socket: connect(socket), servername: hostname, rejectUnauthorized: false },
      ...more,
    });
  const createConnection = () => (isSecure ? connectTls() : connect(socket));
  const stream: Door['stream'] = (path, headers) =>
    openStream(`${address}${path}`, headers, { agent: undefined, createConnection });
  const sessions: ClientHttp2Session[] = [];
  return {
    stream,
    get: async (path, headers) => {
      const answer = await stream(path, headers);
      await answer.ended;
      return answer;
    },
    streamHttp2: (path) => {
      const session = connectHttp2(address, {
        createConnection: () => connectTls({ ALPNProtocols: ['h2'] }),
      });
      sessions.push(session);
      let text = '';
      session.request({ ':path': path, accept: 'text/event-stream' }).on('data', (chunk) => {
        text += chunk;
      });
      return () => text;
    },
    close: async () => {
      for (const session of sessions) session.destroy();
      await relay.stop();
      rmSync(socket);
    },
  };
}
