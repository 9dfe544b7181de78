import { randomUUID } from 'node:crypto';
import { XPublisher } from 'zeromq';
import { freePort } from '../local/ports.ts';

export interface TestPublisher {
  endpoint: string;
  /** Resolves when this many subscribers in all have subscribed; what is published before does not reach them. */
  hasSubscribers(count: number): Promise<void>;
  publish(envelope: { topic: string }): Promise<void>;
  /** Whatever frames, also such as nobody should send. */
  publishFrames(frames: (string | Buffer)[]): Promise<void>;
  close(): void;
}

/** A publisher of the bus. `at`: the port of one that was closed before, or an address. */
export async function openPublisher(at?: number | string): Promise<TestPublisher> {
  const socket = new XPublisher({ verbosity: 'allSubs', linger: 0, sendHighWaterMark: 0 });
  const endpoint = typeof at === 'string' ? at : `tcp://127.0.0.1:${at ?? (await freePort())}`;
  await socket.bind(endpoint);
  let seen = 0;
  return {
    endpoint,
    async hasSubscribers(count) {
      for (; seen < count; ) {
        const [frame] = await socket.receive();
        if (frame?.[0] === 1) seen += 1;
      }
    },
    publish: (envelope) => socket.send([envelope.topic, JSON.stringify(envelope)]),
    publishFrames: (frames) => socket.send(frames),
    close: () => socket.close(),
  };
}

/** A fedmsg envelope with an id of its own. */
export const makeEnvelope = (topic = 'org.fedoraproject.prod.bodhi.update.comment', msg: object = {}) => ({
  topic,
  msg,
  msg_id: `2026-${randomUUID()}`,
  timestamp: Math.floor(Date.now() / 1000),
  i: 1,
  username: 'apache',
});
