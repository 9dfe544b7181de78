import { openStream } from '../testing/event-stream.ts';
import { until } from '../testing/until.ts';
import { expect, test } from './stack.ts';

const STREAMS = 20;
const STOP_MS = 10_000;

test('the web ends within 10 s of SIGTERM with 20 streams open', async ({ hubs, database }) => {
  const { rows } = await database.query(`SELECT id FROM hub WHERE type = 'team' AND name = 'garden'`);
  const address = `${hubs.url}/sse?hub=${rows[0].id}`;
  const streams = await Promise.all(Array.from({ length: STREAMS }, () => openStream(address)));
  await until(() => streams.every((stream) => stream.status === 200 && stream.text().includes(': hello')));

  const web = hubs.get('web');
  process.kill(web.pid, 'SIGTERM');
  const late = new Promise<string>((resolve) => setTimeout(resolve, STOP_MS, 'still runs'));
  expect(await Promise.race([web.ended, late])).toBe('ended with 0');
  await until(() => streams.every((stream) => stream.isEnded()));
});

test('every other process ends by itself', async ({ hubs }) => {
  for (const name of ['listener', 'triage', 'worker', 'sse'] as const) {
    process.kill(hubs.get(name).pid, 'SIGTERM');
    const late = new Promise<string>((resolve) => setTimeout(resolve, STOP_MS, 'still runs'));
    expect(await Promise.race([hubs.get(name).ended, late]), name).toBe('ended with 0');
  }
});
