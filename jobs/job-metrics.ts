// What became of promised jobs, by their task.
import type { WorkerEvents } from 'graphile-worker';
import { Counter, type Registry } from 'prom-client';

/** `failed`: a try, which may be followed by others; `given up`: the last one. */
const outcomes = ['done', 'failed', 'given up'] as const;

export function countJobs(metrics: Registry, events: WorkerEvents, tasks: string[]): void {
  const jobs = new Counter({
    name: 'hubs_jobs_total',
    help: 'Promised jobs that ran, by task and outcome.',
    labelNames: ['task', 'outcome'],
    registers: [metrics],
  });
  for (const task of tasks) for (const outcome of outcomes) jobs.inc({ task, outcome }, 0);
  const count =
    (outcome: (typeof outcomes)[number]) =>
    ({ job }: { job: { task_identifier: string } }) =>
      jobs.inc({ task: job.task_identifier, outcome });
  events.on('job:success', count('done'));
  events.on('job:error', count('failed'));
  events.on('job:failed', count('given up'));
}
