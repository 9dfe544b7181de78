import { onTestFinished } from 'vitest';
import { makeEnvelope, openPublisher } from '../../testing/publisher.ts';
import { until } from '../../testing/until.ts';
import { TOPIC, testSource } from './source.conformance.ts';
import { openZeromqSource } from './zeromq.ts';

testSource(async (take, sent) => {
  const bus = await openPublisher();
  onTestFinished(() => bus.close());
  const source = openZeromqSource({ endpoint: bus.endpoint, topics: [''], highWaterMark: 100 }, take);
  await bus.hasSubscribers(1);
  await until(() => source.wrong().length === 0);
  for (const one of sent) {
    const envelope = one === 'broken' ? '{' : JSON.stringify({ ...makeEnvelope(TOPIC), msg_id: one.id });
    await bus.publishFrames([TOPIC, envelope]);
  }
  return source;
});
