// An AMQP 0-9-1 exchange, in the form of fedora-messaging: persistent, confirmed by the broker.
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { Log } from '../../runtime/log.ts';
import { type AmqpBroker, closeAmqp, connectAmqp } from '../amqp-connection.ts';
import type { Message } from '../message.ts';
import type { OutsideBus } from './outside-bus.ts';

const CONFIRM_MS = 10_000;

const severities = { debug: 10, info: 20, warning: 30, error: 40 };

/** Headers of fedora-messaging: severity as a number, the time without milliseconds, each person it concerns. */
function toHeaders(message: Message): Record<string, unknown> {
  const people = [message.body.username, message.body.agent].filter((name) => typeof name === 'string');
  return {
    fedora_messaging_schema: message.schema ?? 'base.message',
    fedora_messaging_severity: severities[message.severity],
    'sent-at': `${new Date(message.time).toISOString().slice(0, 19)}+00:00`,
    ...Object.fromEntries([...new Set(people)].map((name) => [`fedora_messaging_user_${name}`, true])),
  };
}

interface Opened {
  connection: ChannelModel;
  channel: ConfirmChannel;
}

/** The exchange at the broker; the connection is made at the first message, and again after it broke. */
export function amqpExchange(broker: AmqpBroker, exchange: string, log: Log): OutsideBus {
  let open: Promise<Opened> | null = null;

  async function connect(): Promise<Opened> {
    const connection = await connectAmqp(broker);
    connection.on('error', (error) => log.warn({ err: error }, 'the outside bus broke the connection'));
    try {
      const channel = await connection.createConfirmChannel();
      channel.on('error', (error) => log.warn({ err: error }, 'the outside bus closed the channel'));
      return { connection, channel };
    } catch (error) {
      await closeAmqp(connection);
      throw error;
    }
  }

  function reopen(): Promise<Opened> {
    const opening = connect();
    open = opening;
    const leaveIt = () => void leave(opening);
    // A connection whose channel is closed is of no use; whoever waits for `opening` hears why there is none.
    opening.then(
      ({ connection, channel }) => {
        connection.on('close', leaveIt);
        channel.on('close', leaveIt);
      },
      () => undefined,
    );
    return opening;
  }

  /** The next message gets another connection, and the broker is not left with this one. */
  async function leave(opened: Promise<Opened>): Promise<void> {
    if (open === opened) open = null;
    const there = await opened.catch(() => null); // it never opened
    if (there) await closeAmqp(there.connection);
  }

  return {
    async publish(message) {
      const opened = open ?? reopen();
      try {
        await send((await opened).channel, exchange, message);
      } catch (cause) {
        await leave(opened);
        const { host } = new URL(broker.url);
        throw new Error(
          `The broker at ${host} did not take the message for ${exchange} (PUBLISH_URL): ${(cause as Error).message}.`,
          { cause },
        );
      }
    },
    async close() {
      if (open) await leave(open);
    },
  };
}

/** @throws when the broker does not confirm it in time */
async function send(channel: ConfirmChannel, exchange: string, message: Message): Promise<void> {
  const taken = Promise.withResolvers<void>();
  const late = setTimeout(
    () => taken.reject(new Error(`no confirmation within ${CONFIRM_MS} ms`)),
    CONFIRM_MS,
  );
  const properties = {
    contentType: 'application/json',
    contentEncoding: 'utf-8',
    deliveryMode: 2,
    messageId: message.id,
    headers: toHeaders(message),
  };
  try {
    // A channel that closes calls it, too.
    channel.publish(
      exchange,
      message.topic,
      Buffer.from(JSON.stringify(message.body)),
      properties,
      (error) => (error ? taken.reject(error) : taken.resolve()),
    );
    await taken.promise;
  } finally {
    clearTimeout(late);
  }
}
