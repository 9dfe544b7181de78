// From rows of the bus archive (datagrepper) to the internal message, and from any form a message is written in.
import { createHash } from 'node:crypto';
import { fromAmqp } from './amqp.ts';
import { BadMessage, demandShallow, isRecord } from './bad-message.ts';
import { fromFedmsg } from './fedmsg.ts';
import type { Message } from './message.ts';

/**
 * A row of `/raw` (v1): a fedmsg envelope with what the archive adds; rows of fedora-messaging have its headers.
 * @throws {BadMessage}
 */
export function fromArchiveV1(row: unknown, receivedAt = Date.now()): Message {
  if (!isRecord(row)) throw new BadMessage('is not a JSON object');
  const { headers, msg, topic, msg_id: id, timestamp } = row;
  if (!isRecord(headers) || headers.fedora_messaging_schema === undefined) return fromFedmsg(row, receivedAt);
  return fromAmqp(
    {
      topic: textOf(topic),
      id: textOf(id),
      headers: { ...headers, 'sent-at': headers['sent-at'] ?? timestamp },
      body: msg,
    },
    receivedAt,
  );
}

/**
 * A row of `/v2/search`, also the form of files of the fedora-messaging command: `{topic, headers, id, body}`.
 * Without an id it gets a hash of topic and body, so that the same line has the same id.
 * @throws {BadMessage}
 */
export function fromArchiveV2(row: unknown, receivedAt = Date.now()): Message {
  if (!isRecord(row)) throw new BadMessage('is not a JSON object');
  const { topic, body } = row;
  const headers = isRecord(row.headers) ? row.headers : {};
  demandShallow(body);
  const id =
    textOf(row.id) ||
    createHash('sha256')
      .update(JSON.stringify([topic, body]))
      .digest('hex')
      .slice(0, 32);
  return fromAmqp({ topic: textOf(topic), id, headers, body }, receivedAt);
}

/**
 * A message in any form: fedmsg's envelope, a row of the archive, a delivery written as JSON.
 * @throws {BadMessage}
 */
export function fromAnyForm(value: unknown, receivedAt = Date.now()): Message {
  if (isRecord(value) && 'body' in value && !('msg' in value)) return fromArchiveV2(value, receivedAt);
  return fromArchiveV1(value, receivedAt);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
