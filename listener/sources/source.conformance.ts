// What every source promises, whatever it brings messages from.
import { expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import type { Arrival, Source, Take } from './source.ts';

/** A message by its id, or something that is none. */
export type Sent = { id: string } | 'broken';

/** Opens the source and has it bring these, in this order. */
export type OpenSource = (take: Take, sent: Sent[]) => Promise<Source>;

export const TOPIC = 'org.fedoraproject.prod.bodhi.update.comment';

const idOf = ({ result }: Arrival) => ('message' in result ? result.message.id : result.dropped);
const messages = (count: number): Sent[] =>
  Array.from({ length: count }, (_, at) => ({ id: `message-${at}` }));

export function testSource(open: OpenSource): void {
  test('each message is handed on once, in order; what is none, with the reason', async () => {
    const arrived: Arrival[] = [];
    const take: Take = async (arrival) => {
      arrived.push(arrival);
      arrival.settle?.('message' in arrival.result ? 'queued' : 'refused');
    };
    const [first, ...rest] = messages(30);
    const source = await open(take, [first ?? 'broken', 'broken', ...rest]);
    await until(() => arrived.length >= 31);
    expect(source.wrong()).toEqual([]);
    await source.stop(1_000);
    await source.done;
    expect(arrived.map(idOf)).toEqual([
      'message-0',
      expect.stringMatching(/^(json|message)$/),
      ...Array.from({ length: 29 }, (_, at) => `message-${at + 1}`),
    ]);
    expect(arrived.every(({ topic }, at) => at === 1 || topic === TOPIC)).toBe(true);
  });

  test('the next one is handed on only when there is room for it', async () => {
    const gates: { arrival: Arrival; open(): void }[] = [];
    const source = await open((arrival) => {
      const gate = Promise.withResolvers<void>();
      gates.push({ arrival, open: gate.resolve });
      return gate.promise;
    }, messages(10));
    for (let at = 0; at < 10; at += 1) {
      await until(() => gates.length > at);
      expect(gates.length).toBe(at + 1);
      gates[at]?.arrival.settle?.('queued');
      gates[at]?.open();
    }
    await source.stop(1_000);
  });

  test('a stop ends in time though nobody takes anything, and nothing is handed on after it', async () => {
    const gate = Promise.withResolvers<void>();
    let taken = 0;
    const source = await open(() => {
      taken += 1;
      return gate.promise;
    }, messages(10));
    await until(() => taken === 1);
    const startedAt = performance.now();
    await source.stop(50);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    gate.resolve();
    await source.done;
    expect(taken).toBe(1);
  });
}
