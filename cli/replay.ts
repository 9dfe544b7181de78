// `hubs replay`: a file of messages onto hubs:bus, the way the listener's go.
import { InvalidArgumentError } from 'commander';
import type { Fate, Take } from '../listener/sources/source.ts';
import { exitStatus } from './exit-status.ts';
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

interface Options {
  speed?: number;
}

export function addReplayCommand(program: HubsCommand): void {
  program
    .command('replay')
    .description('Bring the messages of FILE (JSON lines, - for standard input) to Hubs as if the bus had.')
    .argument('<FILE>')
    .option('--speed <N>', 'N times as fast as they were sent; as fast as it goes if left out.', readSpeed)
    .answers(replay);
}

function readSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed > 0)) throw new InvalidArgumentError('It is not a number above 0, such as 1 or 60.');
  return speed;
}

type Counts = Record<Fate | 'read', number>;

async function replay(out: Output, file: string, { speed }: Options): Promise<void> {
  const { openInput } = await import('./open-input.ts');
  const { pino } = await import('pino');
  const { Registry } = await import('prom-client');
  const { openIntake } = await import('../listener/intake.ts');
  const { openLinesSource } = await import('../listener/sources/lines.ts');
  const { readSettings } = await import('../settings/settings.ts');

  const input = await openInput(file);
  // Whoever may run this may write to Redis: a file is not asked for signatures, which would have run out.
  const settings = { ...readSettings(), BUS_CA: undefined, BUS_ENDPOINTS: [], BUS_JUNK: [] };
  const intake = openIntake({ settings, log: pino({ level: 'silent' }), metrics: new Registry() });
  const counts: Counts = { read: 0, queued: 0, duplicate: 0, refused: 0, left: 0 };
  const take: Take = (arrival) => {
    counts.read += 1;
    if ('dropped' in arrival.result) console.error(`message ${counts.read}: ${arrival.result.sentence}`);
    return intake.take({ ...arrival, settle: (fate) => void counts[fate]++ });
  };
  const source = openLinesSource(input, { name: file, speed }, take);
  const progress = out.progress(() => [sayCounts(counts), ...intake.wrong()].join(' '));

  const interrupted = Promise.withResolvers<void>();
  process.once('SIGINT', interrupted.resolve);
  const isDone = await Promise.race([
    source.done.then(intake.flush).then(() => true),
    interrupted.promise.then(() => false),
  ]);
  progress.end();
  await source.stop(0);
  intake.close();
  out.answer(counts, sayCounts(counts));
  if (!isDone) process.exit(exitStatus.interrupted);
  if (counts.refused > 0) process.exitCode = exitStatus.wrong;
}

function sayCounts({ read, queued, duplicate, refused, left }: Counts): string {
  const parts = [`${queued} queued`, `${duplicate} were there`, `${refused} refused`];
  if (left > 0) parts.push(`${left} left`);
  return `${read} messages: ${parts.join(', ')}.`;
}
