// fedmsg over ZeroMQ: one endpoint. A socket of its own tells whether exactly this endpoint is connected.
import { Subscriber } from 'zeromq';
import { endWithin } from './end-within.ts';
import { readFrames } from './read-frames.ts';
import type { LiveSource, Take } from './source.ts';

export interface ZeromqOptions {
  endpoint: string;
  /** Prefixes, as ZeroMQ compares them; '' is everything. */
  topics: string[];
  highWaterMark: number;
}

/** How often a silent socket looks whether it shall stop. */
const LOOK_UP_MS = 200;
/** A message that lay ready comes at once; what took longer found nothing there. */
const READY_MS = 1;
/** Of a topic that may be anything. */
const TOPIC_BYTES = 500;

/**
 * Subscribes and hands on each message, the next one only when `take` is done: while `take` waits, ZeroMQ's own queue
 * fills up to the high-water mark, then the publisher's.
 *
 * libzmq's `maxMessageSize` stays off: it answers one larger message by ending the connection for good, without a
 * reconnect (tried with 4.3.5), so that a single bad message would silence the endpoint. read-frames.ts drops it.
 */
export function openZeromqSource({ endpoint, topics, highWaterMark }: ZeromqOptions, take: Take): LiveSource {
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
  let hearsSinceMs: number | null = null;
  let emptyAtMs: number | null = null;
  let stopping = false;
  socket.events.on('handshake', () => {
    hearsSinceMs = Date.now();
  });
  socket.events.on('disconnect', () => {
    hearsSinceMs = null;
  });
  socket.subscribe(...topics);
  socket.connect(endpoint);

  async function read(): Promise<void> {
    while (!socket.closed) {
      const askedAtMs = Date.now();
      const frames = await receive(socket);
      if (Date.now() - askedAtMs > READY_MS) emptyAtMs = askedAtMs;
      if (frames)
        await take({ topic: String(frames[0]?.subarray(0, TOPIC_BYTES)), result: readFrames(frames) });
      else if (stopping) return;
    }
  }
  const done = read();

  return {
    name: endpoint,
    done,
    hearsSinceMs: () => hearsSinceMs,
    heardUntilMs: async () => emptyAtMs,
    wrong: () =>
      hearsSinceMs !== null
        ? []
        : [`The bus at ${endpoint} is not connected; it is tried again every second.`],
    async stop(limitMs) {
      stopping = true;
      await endWithin(done, limitMs);
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
