// From what ZeroMQ delivers to a message, or the reason why it is none.
import { BadMessage } from '../bus/bad-message.ts';
import { fromFedmsg } from '../bus/fedmsg.ts';
import type { Message } from '../bus/message.ts';

/** The bus's own limit for one message. */
export const MESSAGE_BYTES = 1_000_000;

export const dropReasons = ['frames', 'size', 'encoding', 'json', 'topic', 'message'] as const;
export type DropReason = (typeof dropReasons)[number];

export type ReadResult = { message: Message } | { dropped: DropReason; sentence: string };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads fedmsg's two frames, topic and envelope. */
export function readFrames(frames: Buffer[]): ReadResult {
  const [topicFrame, envelopeFrame] = frames;
  if (frames.length !== 2 || !topicFrame || !envelopeFrame)
    return drop('frames', `has ${frames.length} frames; fedmsg's messages have a topic and an envelope`);
  const bytes = topicFrame.length + envelopeFrame.length;
  if (bytes > MESSAGE_BYTES) return drop('size', `has ${bytes} bytes; at most ${MESSAGE_BYTES} are taken`);
  let topic: string;
  let text: string;
  try {
    topic = utf8.decode(topicFrame);
    text = utf8.decode(envelopeFrame);
  } catch {
    return drop('encoding', 'is not UTF-8');
  }
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch (error) {
    return drop('json', `is not JSON: ${(error as Error).message}`);
  }
  return readEnvelope(topic, envelope);
}

function readEnvelope(topic: string, envelope: unknown): ReadResult {
  try {
    const message = fromFedmsg(envelope);
    if (message.topic !== topic)
      return drop('topic', `came under the topic ${topic}, but its envelope says ${message.topic}`);
    return { message };
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    return drop('message', error.reason);
  }
}

const drop = (dropped: DropReason, sentence: string): ReadResult => ({ dropped, sentence });
