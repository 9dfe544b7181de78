// From what ZeroMQ delivers to a message, or the reason why it is none.
import { BadMessage } from '../../bus/bad-message.ts';
import { fromFedmsg } from '../../bus/fedmsg.ts';
import { type FormFault, MESSAGE_BYTES, type ReadResult } from './source.ts';

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
  return readEnvelope(topic, text);
}

function readEnvelope(topic: string, envelope: string): ReadResult {
  try {
    const message = fromFedmsg(JSON.parse(envelope));
    if (message.topic !== topic)
      return drop('topic', `came under the topic ${topic}, but its envelope says ${message.topic}`);
    return { message, envelope };
  } catch (error) {
    if (error instanceof SyntaxError) return drop('json', `is not JSON: ${error.message}`);
    if (!(error instanceof BadMessage)) throw error;
    return drop('message', error.reason);
  }
}

const drop = (dropped: FormFault, sentence: string): ReadResult => ({ dropped, sentence });
