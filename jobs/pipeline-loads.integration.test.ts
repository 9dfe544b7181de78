// Triage and worker together: values that messages make stale.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPipelineStage, post, push } from '../testing/pipeline-stage.ts';
import { until } from '../testing/stores.ts';

const stage = await openPipelineStage();
const { pool, database, forum, start, stop, publish, isDone, makeTeam, noticesFor, loadedOf } = stage;
beforeAll(start);
afterAll(stage.close);

test('a stale value is loaded once for all who show it, and each of their hubs hears of it', async () => {
  forum.answer(200, 'Shared by two');
  const hubs = [
    await makeTeam('art', { discourseTag: 'art' }, [{ kind: 'discussion' }]),
    await makeTeam('artists', { discourseTag: 'art' }, [{ kind: 'discussion' }]),
  ];
  await publish(post('art'));
  for (const hub of hubs) {
    await until(async () =>
      JSON.stringify((await loadedOf(hub.id))?.value?.data ?? '').includes('Shared by two'),
    );
    await until(async () => (await noticesFor(hub.id)).some((notice) => notice.what === 'value'));
  }
  expect(forum.asked).toBe(1);
});

test('a service that fails leaves the old value beside the reason, and one job that tries again', async () => {
  const hub = await database.hub.findFirstOrThrow({ where: { name: 'art' } });
  forum.answer(503, '');
  await publish(post('art'));
  await until(async () => (await loadedOf(hub.id))?.failure);
  const failed = await loadedOf(hub.id);
  expect(JSON.stringify(failed?.value?.data)).toContain('Shared by two');
  expect(failed?.failure?.retryAt).toBeGreaterThan(Date.now());
  // Further messages leave the waiting job alone: the pauses stay, and so does the end.
  const marker = push('mira', 'guake');
  await publish(post('art'), post('art'), marker);
  await until(isDone);
  const jobs = await pool.query(
    `SELECT (payload ->> 'tries')::int AS tries FROM graphile_worker._private_jobs`,
  );
  expect(jobs.rows).toEqual([{ tries: 1 }]);
  forum.answer(200, 'Back again');
  await until(async () => JSON.stringify((await loadedOf(hub.id))?.value?.data).includes('Back again'));
  expect((await loadedOf(hub.id))?.failure).toBeUndefined();
});

test('the last try says that there is none after it', async () => {
  const hub = await makeTeam('ended', { discourseTag: 'ended' }, [{ kind: 'discussion' }]);
  forum.answer(404, '');
  await publish(post('ended'));
  const failure = await until(async () => {
    const loaded = await loadedOf(hub.id);
    return loaded?.failure;
  });
  expect(failure?.retryAt).toBeUndefined();
  await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
});

test('a job that a dead worker held is given back', async () => {
  await makeTeam('orphan', { discourseTag: 'orphan' }, [{ kind: 'discussion' }]);
  forum.answer(200, 'Orphan');
  await pool.query(`SELECT graphile_worker.add_job('load', json_build_object('key', value_key), job_key := value_key)
    FROM widget JOIN hub ON hub.id = widget.hub_id WHERE hub.name = 'orphan'`);
  await stop();
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', 'held'), job_key := 'held')`,
  );
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute', locked_by = 'worker-dead', attempts = 1 WHERE key = 'held'`,
  );
  await start();
  await until(
    async () => (await pool.query(`SELECT FROM graphile_worker.jobs WHERE key = 'held'`)).rowCount === 0,
  );
});
