import type { JobsState, StreamState } from '../jobs/queue-state.ts';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addQueueCommands(program: HubsCommand): void {
  const group = program.command('queue').description('Operations on what waits to be done.');
  group.example('queue status', 'queue status --json');
  group.command('status').description('Say what waits, how long, and who works on it.').answers(showStatus);
}

async function showStatus(out: Output): Promise<void> {
  const { streams } = await import('../bus/streams.ts');
  const { readJobsState, readStreamStates } = await import('../jobs/queue-state.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async ({ redis, pool }) => {
    const [states, jobs, notices, dead] = await Promise.all([
      readStreamStates(redis),
      readJobsState(pool),
      redis.xlen(streams.notices),
      redis.xlen(streams.dead),
    ]);
    const { sayDuration } = await import('../ui/words.ts');
    out.answer({ streams: states, jobs, notices, dead }, [
      ...states.map((state) => sayStream(state, sayDuration)),
      `Promised jobs: ${sayJobs(jobs, sayDuration)}`,
      `${streams.notices}: ${notices} kept for browsers that come back.`,
      `${streams.dead}: ${dead === 0 ? 'nothing was put aside.' : `${dead} put aside; see \`hubs dead list\`.`}`,
    ]);
  });
}

type Say = (milliseconds: number) => string;

function sayStream({ stream, group, waiting, inHand, oldestMs, consumers }: StreamState, say: Say): string {
  const oldest = oldestMs === null ? '' : `, the oldest for ${say(oldestMs)}`;
  const work = waiting + inHand === 0 ? 'nothing waits' : `${waiting} waiting, ${inHand} in hand${oldest}`;
  const beating = consumers.filter(({ beats }) => beats).length;
  const silent = consumers.length - beating;
  const workers =
    beating === 0 ? `no ${group} runs` : `${beating} ${group} ${beating === 1 ? 'runs' : 'run'}`;
  return `${stream}: ${work}; ${workers}${silent > 0 ? `, ${silent} fell silent` : ''}.`;
}

function sayJobs({ waiting, later, running, failed, oldestMs }: JobsState, say: Say): string {
  const oldest = oldestMs === null ? '' : `, the oldest for ${say(oldestMs)}`;
  const end = failed === 0 ? 'none failed for good.' : `${failed} failed for good; see \`hubs dead list\`.`;
  return `${waiting} waiting${oldest}, ${later} for later, ${running} running; ${end}`;
}
