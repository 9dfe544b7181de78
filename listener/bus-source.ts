// One endpoint of the bus. A socket of its own tells whether exactly this endpoint is connected.
import { setTimeout as delay } from 'node:timers/promises';
import { Subscriber } from 'zeromq';

export interface BusSource {
  endpoint: string;
  isConnected(): boolean;
  /** Takes what ZeroMQ already holds, for at most this long, then closes the socket. */
  stop(limitMs: number): Promise<void>;
}

export interface SourceOptions {
  /** Prefixes, as ZeroMQ compares them; '' is everything. */
  topics: string[];
  highWaterMark: number;
}

/** How often a silent socket looks whether it shall stop. */
const LOOK_UP_MS = 200;

/**
 * Subscribes and hands on each message's frames, the next one only when `take` is done: while `take` waits, ZeroMQ's
 * own queue fills up to the high-water mark, then the publisher's.
 *
 * libzmq's `maxMessageSize` stays off: it answers one larger message by ending the connection for good, without a
 * reconnect (tried with 4.3.5), so that a single bad message would silence the endpoint. read-frames.ts drops it.
 */
export function openBusSource(
  endpoint: string,
  { topics, highWaterMark }: SourceOptions,
  take: (frames: Buffer[]) => Promise<void>,
): BusSource {
  const socket = new Subscriber({
    receiveHighWaterMark: highWaterMark,
    receiveTimeout: LOOK_UP_MS,
    tcpKeepalive: 1,
    tcpKeepaliveCount: 3,
    tcpKeepaliveIdle: 60,
    tcpKeepaliveInterval: 5,
    reconnectInterval: 100,
    reconnectMaxInterval: 1_000,
    linger: 0,
  });
  let connected = false;
  let stopping = false;
  socket.events.on('handshake', () => {
    connected = true;
  });
  socket.events.on('disconnect', () => {
    connected = false;
  });
  socket.subscribe(...topics);
  socket.connect(endpoint);

  async function read(): Promise<void> {
    while (!socket.closed) {
      const frames = await receive(socket);
      if (frames) await take(frames);
      else if (stopping) return;
    }
  }
  const reading = read();

  return {
    endpoint,
    isConnected: () => connected,
    stop: async (limitMs) => {
      stopping = true;
      await Promise.race([reading, delay(limitMs, undefined, { ref: false })]);
      socket.close();
    },
  };
}

/** The next message's frames; null when none came for LOOK_UP_MS. */
async function receive(socket: Subscriber): Promise<Buffer[] | null> {
  try {
    return await socket.receive();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}
