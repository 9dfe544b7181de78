// From an AMQP delivery of fedora-messaging to the internal message.
import { BadMessage, demandShallow, isRecord } from './bad-message.ts';
import { checkMessage, placeOf, readSeconds, stripYear } from './fedmsg.ts';
import type { Message } from './message.ts';

export interface Delivery {
  /** The routing key. */
  topic: string;
  /** The property `message_id`. */
  id: string;
  headers: Record<string, unknown>;
  /** JSON as bytes or text, or what was parsed of it. */
  body: unknown;
  /** The property `content_encoding`; UTF-8 where it is missing. */
  encoding?: string;
}

const severities: Record<number, Message['severity']> = {
  10: 'debug',
  20: 'info',
  30: 'warning',
  40: 'error',
};

/** What the base class says of itself: no schema. */
const BASE_SCHEMA = 'base.message';

/**
 * Reads a delivery. `receivedAt` (milliseconds) stands in for a missing `sent-at`.
 * @throws {BadMessage}
 */
export function fromAmqp(delivery: Delivery, receivedAt = Date.now()): Message {
  const { headers, id } = delivery;
  const schema = headers.fedora_messaging_schema;
  const named = typeof schema === 'string' && schema !== '' && schema !== BASE_SCHEMA ? schema : undefined;
  // Some classes of the reference have no topic; their schema names the kind as well.
  const topic = delivery.topic || named;
  if (!topic) throw new BadMessage('has no topic');
  if (typeof id !== 'string' || id === '') throw new BadMessage('has no id');
  const body = parseBody(delivery);
  if (!isRecord(body)) throw new BadMessage('has no object as its body');
  demandShallow(body);
  return checkMessage({
    id: stripYear(id),
    topic,
    ...placeOf(topic),
    time: readSeconds(headers['sent-at']) ?? receivedAt,
    severity: severities[Number(headers.fedora_messaging_severity)] ?? 'info',
    ...(named ? { schema: named } : {}),
    body,
  });
}

function parseBody({ body, encoding = 'utf-8' }: Delivery): unknown {
  if (!(body instanceof Uint8Array) && typeof body !== 'string') return body;
  try {
    const text = typeof body === 'string' ? body : new TextDecoder(encoding, { fatal: true }).decode(body);
    return JSON.parse(text);
  } catch (cause) {
    throw new BadMessage(`has a body that is not JSON in ${encoding}`, { cause });
  }
}
