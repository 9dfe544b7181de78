import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { openMeasure } from './measure.ts';

test('one question answers all gauges of a scrape; a store that refuses leaves them as they were', async () => {
  const metrics = new Registry();
  let asked = 0;
  let answer: Promise<number> = Promise.resolve(3);
  const measure = openMeasure(metrics, () => {
    asked += 1;
    return answer;
  });
  measure.one('hubs_a', 'One.', (all) => all);
  measure.each('hubs_b', 'Each.', { label: 'half', words: ['first', 'second'] }, (all) => ({
    first: 1,
    second: all - 1,
  }));
  const values = async () => (await metrics.metrics()).split('\n').filter((line) => /^hubs/.test(line));
  const seen = ['hubs_a 3', 'hubs_b{half="first"} 1', 'hubs_b{half="second"} 2'];
  expect(await values()).toEqual(seen);
  expect(asked).toBe(1);
  answer = Promise.reject(new Error('away'));
  expect(await values()).toEqual(seen);
});

test('a store that hangs is asked once, keeps no scrape waiting, and its gauges stand at zero', async () => {
  const metrics = new Registry();
  let asked = 0;
  const measure = openMeasure(metrics, () => {
    asked += 1;
    return new Promise<number>(() => undefined);
  });
  measure.each('hubs_b', 'Each.', { label: 'half', words: ['first'] }, (first) => ({ first }));
  expect(await Promise.all([metrics.metrics(), metrics.metrics()])).toEqual([
    expect.stringContaining('hubs_b{half="first"} 0'),
    expect.stringContaining('hubs_b{half="first"} 0'),
  ]);
  expect(asked).toBe(1);
}, 10_000);
