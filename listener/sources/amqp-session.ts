// One connection to a broker: from the log-in to the moment it breaks or is closed.
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ConsumeMessage } from 'amqplib';
import { type AmqpBroker, closeAmqp, connectAmqp } from '../../bus/amqp-connection.ts';
import { readDelivery } from './read-delivery.ts';
import type { Fate, Take } from './source.ts';

export interface AmqpOptions extends AmqpBroker {
  exchange: string;
  /** '' is one that the broker names, and that goes with the connection. */
  queue: string;
  /** `passive`: the queue is there, and Hubs may not make it. */
  declare: 'active' | 'passive';
  /** Routing keys; none: somebody else has bound the queue. */
  bindings: string[];
  /** How many messages may be on their way to Redis. */
  prefetch: number;
}

export interface AmqpSession {
  /** Rejects when connection, channel or subscription break. */
  broken: Promise<never>;
  /** What reached the queue before this time was handed on; null while some of it still lies there. */
  heardUntilMs(): Promise<number | null>;
  /** Ends the subscription; resolves when all that was delivered is settled. */
  finish(): Promise<void>;
  /** Gives back what is not settled. */
  close(): Promise<void>;
}

/** A broker that says nothing for so long can't tell how much lies in the queue. */
const ANSWER_MS = 2_000;

/** @throws when the broker can't be reached or does not let Hubs in, or at that queue */
export async function openAmqpSession(options: AmqpOptions, take: Take): Promise<AmqpSession> {
  const connection = await connectAmqp(options);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined); // heard by whoever waits for it; during a close by nobody
  const fail = (error?: Error) => broken.reject(error ?? new Error('the broker closed the connection'));
  connection.on('error', fail);
  connection.on('close', fail);
  try {
    const channel = await connection.createChannel();
    channel.on('error', fail);
    channel.on('close', fail);
    await channel.prefetch(options.prefetch);
    const queue = await declareQueue(channel, options);
    const subscription = await subscribe(channel, queue, take, fail);
    return {
      broken: broken.promise,
      async heardUntilMs() {
        const askedAtMs = Date.now();
        const answer = channel.checkQueue(queue).catch(() => null); // it breaks, which `broken` tells
        const state = await Promise.race([answer, delay(ANSWER_MS, null, { ref: false })]);
        if (!state || state.messageCount > 0) return null;
        await subscription.handedOn();
        return askedAtMs;
      },
      finish: subscription.finish,
      async close() {
        subscription.end();
        await closeAmqp(connection);
      },
    };
  } catch (error) {
    await closeAmqp(connection);
    throw error;
  }
}

/** @returns the queue's name */
async function declareQueue(channel: Channel, options: AmqpOptions): Promise<string> {
  const { exchange, declare, bindings } = options;
  const made =
    declare === 'passive'
      ? await channel.checkQueue(options.queue)
      : await channel.assertQueue(
          options.queue,
          options.queue === ''
            ? { exclusive: true, durable: false, autoDelete: true }
            : { exclusive: false, durable: true, autoDelete: false },
        );
  for (const key of bindings) await channel.bindQueue(made.queue, exchange, key);
  return made.queue;
}

async function subscribe(channel: Channel, queue: string, take: Take, fail: (error: Error) => void) {
  let isEnded = false;
  let unsettled = 0;
  let settled = Promise.withResolvers<void>();
  /** One after the other: the order stays. */
  let taking = Promise.resolve();

  function settle(message: ConsumeMessage, fate: Fate): void {
    unsettled -= 1;
    settled.resolve();
    settled = Promise.withResolvers();
    if (isEnded || fate === 'left') return;
    if (fate === 'refused') channel.reject(message, false);
    else channel.ack(message);
  }

  async function handOn(message: ConsumeMessage): Promise<void> {
    if (!isEnded) await take({ ...readDelivery(message), settle: (fate) => settle(message, fate) });
  }

  channel.once('close', () => {
    isEnded = true;
  });
  const { consumerTag } = await channel.consume(queue, (message) => {
    if (!message) return fail(new Error('the broker ended the subscription; the queue may be gone'));
    unsettled += 1;
    taking = taking.then(() => handOn(message)).catch(fail);
  });

  return {
    /** Resolves when all that was delivered so far is taken. */
    handedOn: () => taking,
    async finish() {
      if (!isEnded) await channel.cancel(consumerTag);
      while (unsettled > 0 && !isEnded) await settled.promise;
    },
    end() {
      isEnded = true;
    },
  };
}
