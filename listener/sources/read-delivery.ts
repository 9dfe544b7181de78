// From what a broker delivers to a message, or the reason why it is none.
import type { ConsumeMessage } from 'amqplib';
import { fromAmqp } from '../../bus/amqp.ts';
import { BadMessage } from '../../bus/bad-message.ts';
import { type Arrival, MESSAGE_BYTES } from './source.ts';

type Delivered = Pick<ConsumeMessage, 'content' | 'fields' | 'properties'>;

/** Reads a delivery in the form of fedora-messaging. */
export function readDelivery({ content, fields, properties }: Delivered): Pick<Arrival, 'topic' | 'result'> {
  const topic = fields.routingKey;
  if (content.length > MESSAGE_BYTES) {
    const sentence = `has ${content.length} bytes; at most ${MESSAGE_BYTES} are taken`;
    return { topic, result: { dropped: 'size', sentence } };
  }
  const { messageId: id, headers = {}, contentEncoding: encoding } = properties;
  try {
    const message = fromAmqp({ topic, id, headers, body: content, ...(encoding && { encoding }) });
    return { topic, result: { message } };
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    return { topic, result: { dropped: 'message', sentence: error.reason } };
  }
}
