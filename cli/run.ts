import type { HubsCommand } from './hubs-command.ts';

export function addRunCommands(program: HubsCommand): void {
  const group = program.command('run').description('Run daemon processes.');
  group
    .command('listener')
    .description('Take messages from the bus.')
    .action(async () => run('listener', (await import('../listener/listener.ts')).startListener));
  group
    .command('triage')
    .description('Find out whom each message concerns.')
    .action(async () => run('triage', (await import('../jobs/triage.ts')).startTriage));
  group
    .command('worker')
    .description('Write feed entries and load values from services.')
    .action(async () => run('worker', (await import('../jobs/worker.ts')).startWorker));
  group
    .command('sse')
    .description('Tell browsers what changed.')
    .action(async () => run('sse', (await import('../sse/server.ts')).startSse));
}

type RunProcess = typeof import('../runtime/process.ts').runProcess;

async function run(...process: Parameters<RunProcess>): Promise<void> {
  const { runProcess } = await import('../runtime/process.ts');
  await runProcess(...process);
}
