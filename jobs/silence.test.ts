import { expect, test } from 'vitest';
import { judgeSilence } from './silence.ts';

const settings = { BEAT_MS: 2_000, SILENCE_MS: 6_000 };
function judgeAt() {
  let now = 0;
  const judge = judgeSilence(settings, () => now);
  const after = (ms: number) => {
    now += ms;
  };
  return { ...judge, after };
}

test('who is silent for a beat more is dead; who beat in between is not', () => {
  const judge = judgeAt();
  expect(judge.dead(['a', 'b'])).toEqual([]);
  judge.after(1_000);
  expect(judge.dead(['a'])).toEqual([]);
  judge.after(1_000);
  expect(judge.dead(['a', 'b'])).toEqual(['a']);
  judge.after(2_000);
  expect(judge.dead(['b'])).toEqual(['b']);
});

test('nobody is dead while others may not have come back to a store that was away', () => {
  const judge = judgeAt();
  judge.dead(['a']);
  judge.after(2_000);
  judge.doubt();
  expect(judge.dead(['a'])).toEqual([]);
  judge.after(5_999);
  expect(judge.dead(['a'])).toEqual([]);
  judge.after(1);
  expect(judge.dead(['a'])).toEqual([]);
  judge.after(2_000);
  expect(judge.dead(['a'])).toEqual(['a']);
});
