// How fast messages are put in words, on one core.
import { readCases } from '../activity/corpus.ts';
import { describe } from '../activity/describe.ts';
import { keysOf } from '../activity/keys.ts';
import { fromAnyForm } from '../bus/archive.ts';
import type { Message } from '../bus/message.ts';

const WARM_UP_MS = 1_000;
const RUN_MS = 3_000;

/** The collection of real messages, in the internal form. */
export const readMessages = (): Message[] => readCases().map(({ message }) => fromAnyForm(message, 0));

/**
 * How many a second of processor time: other programs on the machine take none of it.
 * @param work does one
 */
function countPerCoreSecond<T>(inputs: T[], work: (input: T) => unknown): number {
  const run = (ms: number) => {
    const end = performance.now() + ms;
    let done = 0;
    for (; performance.now() < end; done += inputs.length) for (const input of inputs) work(input);
    return done;
  };
  run(WARM_UP_MS);
  const before = process.cpuUsage();
  const done = run(RUN_MS);
  const { user, system } = process.cpuUsage(before);
  return Math.round(done / ((user + system) / 1e6));
}

export interface WordsResult {
  messages: number;
  /** Each a second of one core. The baseline is what any reader of the messages pays: parsing their JSON. */
  baseline: number;
  inWords: number;
  /** With the keys that triage asks for. */
  withKeys: number;
}

export function measureWords(messages: Message[]): WordsResult {
  const texts = messages.map((message) => JSON.stringify(message));
  return {
    messages: messages.length,
    baseline: countPerCoreSecond(texts, (text) => JSON.parse(text)),
    inWords: countPerCoreSecond(messages, (message) => describe(message)),
    withKeys: countPerCoreSecond(messages, (message) => keysOf(message, describe(message))),
  };
}
