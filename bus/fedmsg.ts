// From a fedmsg envelope to the internal message.
import { createHash } from 'node:crypto';
import { BadMessage, demandShallow, isRecord } from './bad-message.ts';
import { type Message, messageSchema } from './message.ts';
import { readTopic } from './topic.ts';

/**
 * Reads a fedmsg envelope `{topic, msg, msg_id, timestamp (seconds), …}`.
 *
 * Messages from before `msg_id` get a hash of topic, time and body: the same message has the same id whenever and
 * however often it is read. `receivedAt` (milliseconds) stands in for a missing time.
 * @throws {BadMessage}
 */
export function fromFedmsg(envelope: unknown, receivedAt = Date.now()): Message {
  if (!isRecord(envelope)) throw new BadMessage('is not a JSON object');
  const { topic, msg, msg_id: id, timestamp, username } = envelope;
  if (typeof topic !== 'string' || topic === '') throw new BadMessage('has no topic');
  if (!isRecord(msg)) throw new BadMessage('has no object as its msg');
  if (id !== undefined && id !== null && (typeof id !== 'string' || id === ''))
    throw new BadMessage('has a msg_id that is not a text');
  demandShallow(msg);
  const message = {
    id: typeof id === 'string' ? stripYear(id) : hashOf(topic, timestamp, msg),
    topic,
    ...placeOf(topic),
    time: readSeconds(timestamp) ?? receivedAt,
    severity: 'info',
    ...(typeof username === 'string' && username !== '' ? { publisher: username } : {}),
    body: msg,
  };
  return checkMessage(message);
}

/** `2019-<uuid>` on fedmsg is `<uuid>` on AMQP: without the year both are one message. */
export const stripYear = (id: string): string => id.replace(/^\d{4}-/, '');

export function placeOf(topic: string): { environment: string; category: string } {
  const { environment, category } = readTopic(topic);
  return { environment, category };
}

/**
 * The message, if it is one.
 * @throws {BadMessage} naming what is too long or missing
 */
export function checkMessage(candidate: unknown): Message {
  const result = messageSchema.safeParse(candidate);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadMessage(`has a bad ${issue?.path.join('.') || 'form'}: ${issue?.message ?? 'unknown'}`);
}

const hashOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** Whole or broken seconds, or a date as text, in milliseconds. */
export function readSeconds(time: unknown): number | undefined {
  if (typeof time === 'number' && Number.isFinite(time)) return Math.round(time * 1000);
  if (typeof time !== 'string') return undefined;
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? undefined : parsed;
}
