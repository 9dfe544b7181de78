// A fedmsg relay: its SUB socket is bound, publishers connect. Frames and envelope as in fedmsg.
import { userInfo } from 'node:os';
import { XPublisher } from 'zeromq';
import type { Message } from '../message.ts';
import type { OutsideBus } from './outside-bus.ts';

/** A relay that has not subscribed by then is away: what is published before it subscribed is lost without a word. */
const SUBSCRIBE_MS = 5_000;
/** A close waits that long for what is still to be sent. */
const LINGER_MS = 1_000;

/** fedmsg counts in whole seconds, and puts the year before the id. */
function toEnvelope(message: Message, i: number) {
  return {
    topic: message.topic,
    msg: message.body,
    msg_id: `${new Date(message.time).getUTCFullYear()}-${message.id}`,
    timestamp: Math.floor(message.time / 1_000),
    username: userInfo().username,
    i,
  };
}

/** The relay at `address`; envelopes are not signed. */
export function zeromqRelay(address: string): OutsideBus {
  let open: { socket: XPublisher; ready: Promise<void> } | null = null;
  let count = 0;

  function connect() {
    const socket = new XPublisher({ linger: LINGER_MS, tcpKeepalive: 1, receiveTimeout: SUBSCRIBE_MS });
    socket.connect(address);
    // An XPUB socket hears subscriptions: the first one is the relay's word that it listens.
    return { socket, ready: socket.receive().then(() => undefined) };
  }

  return {
    async publish(message) {
      open ??= connect();
      const { socket, ready } = open;
      try {
        await ready;
        count += 1;
        await socket.send([message.topic, JSON.stringify(toEnvelope(message, count))]);
      } catch (cause) {
        socket.close();
        open = null;
        throw new Error(`The relay at ${address} does not listen (PUBLISH_URL).`, { cause });
      }
    },
    async close() {
      open?.socket.close();
      open = null;
    },
  };
}
