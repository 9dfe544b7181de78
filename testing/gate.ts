// A gate in front of a server: shut, nobody reaches the server; opened again, all do. So any server can be "away".
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Gate {
  port: number;
  /** How many clients are connected. */
  count(): number;
  /** Ends all connections; new ones are refused. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Lets so many more bytes of answers through, then none; connections stay. */
  stall(bytes: number): void;
  /** Nothing that clients say comes through any more; connections stay. */
  mute(): void;
  /** Ends both, a stall for new connections: what was held back is lost. */
  flow(): void;
}

/**
 * Opens a gate on a free port of 127.0.0.1.
 * @param rewrite changes what the server says, byte for byte: lengths must stay
 */
export async function openGate(
  target: { host: string; port: number } | { path: string },
  rewrite: (text: string) => string = (text) => text,
): Promise<Gate> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let allowance = Number.POSITIVE_INFINITY;
  let isMute = false;
  const server = createServer((client) => {
    const upstream = connect(target);
    clients.add(client);
    client.once('close', () => clients.delete(client));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // One end that breaks ends the other; that is all there is to say.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => isMute || upstream.write(bytes));
    let cut = false;
    upstream.on('data', (said) => {
      const bytes = Buffer.from(rewrite(said.toString('latin1')), 'latin1');
      if (!cut) client.write(bytes.subarray(0, allowance));
      cut ||= bytes.length > allowance;
      allowance = Math.max(0, allowance - bytes.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    count: () => clients.size,
    async shut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async open() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stall(bytes) {
      allowance = bytes;
    },
    mute() {
      isMute = true;
    },
    flow() {
      isMute = false;
      allowance = Number.POSITIVE_INFINITY;
    },
  };
}
