// Items and jobs that were put aside, in one form. The id of an item is that of hubs:dead, of a job `job-<number>`.
import { type DeadItem, dropDead, findDead, readDead, retryDead } from '../jobs/dead-items.ts';
import { type DeadJob, dropDeadJobs, readDeadJobs, retryDeadJobs } from '../jobs/dead-jobs.ts';
import type { Queues } from './open-queues.ts';
import { Refusal } from './refusal.ts';

export interface DeadEntry {
  id: string;
  /** When, in ISO 8601. */
  at: string;
  /** The stream, or the task. */
  from: string;
  reason: string;
  content: unknown;
}

const PAGE = 1_000;
const jobIdOf = (id: string): string | undefined => /^job-(\d{1,18})$/.exec(id)?.[1];

/** As JSON where it is some, else as the text that it is. */
function contentOf(fields: string[]): unknown {
  const text = fields[fields.indexOf('d') + 1] ?? '';
  try {
    return JSON.parse(text);
  } catch {
    return text; // that may be why it lies here
  }
}

const itemEntry = ({ id, stream, reason, fields }: DeadItem): DeadEntry => ({
  ...{ id, at: new Date(Number(id.split('-')[0])).toISOString(), from: stream, reason },
  content: contentOf(fields),
});

const jobEntry = ({ id, task, reason, payload, at }: DeadJob): DeadEntry => ({
  ...{ id: `job-${id}`, at: at.toISOString(), from: `job ${task}`, reason, content: payload },
});

/** All that are there now, oldest first: items, then jobs. */
export async function readAllDead({ redis, pool }: Queues): Promise<DeadEntry[]> {
  const entries: DeadEntry[] = [];
  for (let from = '-'; ; ) {
    const page = await readDead(redis, from, PAGE);
    entries.push(...page.map(itemEntry));
    if (page.length < PAGE) break;
    from = `(${page.at(-1)?.id}`;
  }
  return [...entries, ...(await readDeadJobs(pool)).map(jobEntry)];
}

/** @throws {Refusal} naming what is not there; nothing is done then */
export async function findDeadEntries({ redis, pool }: Queues, ids: string[]): Promise<DeadEntry[]> {
  const jobs = new Map(
    (
      await readDeadJobs(
        pool,
        ids.flatMap((id) => jobIdOf(id) ?? []),
      )
    ).map((job) => [`job-${job.id}`, jobEntry(job)]),
  );
  const entries: DeadEntry[] = [];
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    const item = jobIdOf(id) ? undefined : await findDead(redis, id);
    const entry = item ? itemEntry(item) : jobs.get(id);
    if (entry) entries.push(entry);
    else unknown.push(id);
  }
  if (unknown.length > 0)
    throw new Refusal(`Nothing was put aside as ${unknown.join(', ')}; \`hubs dead list\` has the IDs.`);
  return entries;
}

/** @throws {Refusal} where there is none of that id */
export async function findDeadEntry(queues: Queues, id: string): Promise<DeadEntry> {
  const [entry] = await findDeadEntries(queues, [id]);
  if (!entry) throw new Refusal(`Nothing was put aside as ${id}; \`hubs dead list\` has the IDs.`);
  return entry;
}

/** @returns false where somebody was faster */
export async function settleDead(
  { redis, pool }: Queues,
  what: 'retry' | 'drop',
  { id }: DeadEntry,
): Promise<boolean> {
  const job = jobIdOf(id);
  if (job) return (await (what === 'retry' ? retryDeadJobs : dropDeadJobs)(pool, [job])) === 1;
  const item = await findDead(redis, id);
  return item ? (what === 'retry' ? retryDead : dropDead)(redis, item) : false;
}
