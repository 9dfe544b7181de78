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

/** The exchange at the broker; the connection is made at the first message, and again after it broke. */
export function amqpExchange(broker: AmqpBroker, exchange: string, log: Log): OutsideBus {
  let open: Promise<{ connection: ChannelModel; channel: ConfirmChannel }> | null = null;

  async function connect() {
    const connection = await connectAmqp(broker);
    const forget = () => {
      open = null;
    };
    connection.on('error', (error) => log.warn({ err: error }, 'the outside bus broke the connection'));
    connection.on('close', forget);
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => log.warn({ err: error }, 'the outside bus closed the channel'));
    channel.on('close', forget);
    return { connection, channel };
  }

  return {
    async publish(message) {
      open ??= connect();
      try {
        const { channel } = await open;
        const body = Buffer.from(JSON.stringify(message.body));
        const taken = Promise.withResolvers<void>();
        const late = setTimeout(
          () => taken.reject(new Error(`no confirmation within ${CONFIRM_MS} ms`)),
          CONFIRM_MS,
        );
        channel.publish(
          exchange,
          message.topic,
          body,
          {
            contentType: 'application/json',
            contentEncoding: 'utf-8',
            deliveryMode: 2,
            messageId: message.id,
            headers: toHeaders(message),
          },
          // A channel that closes calls it, too.
          (error) => (error ? taken.reject(error) : taken.resolve()),
        );
        await taken.promise.finally(() => clearTimeout(late));
      } catch (cause) {
        open = null;
        const { host } = new URL(broker.url);
        throw new Error(
          `The broker at ${host} did not take the message for ${exchange} (PUBLISH_URL): ${(cause as Error).message}.`,
          {
            cause,
          },
        );
      }
    },
    async close() {
      const opened = await open?.catch(() => null); // it never opened
      if (opened) await closeAmqp(opened.connection);
      open = null;
    },
  };
}
