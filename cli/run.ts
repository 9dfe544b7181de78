import { InvalidArgumentError } from 'commander';
import type { HubsCommand } from './hubs-command.ts';
import type { Listen } from './run-web.ts';

export function addRunCommands(program: HubsCommand): void {
  const group = program.command('run').description('Run daemon processes.');
  group.example('run worker', 'run web --port 8000', 'run all');
  const listen = (command: HubsCommand) =>
    command
      .option('--host <ADDRESS>', 'Where the pages are served; 127.0.0.1 if left out.')
      .option('--port <N>', 'Their port; that of PORT, or 3000, if left out.', readPort);
  listen(group.command('all').description('Run all of them, until one ends.')).action(
    async (options: Partial<Listen>) => (await import('./run-all.ts')).runAll(listenTo(options)),
  );
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
  listen(group.command('web').description('Serve the pages.')).action(async (options: Partial<Listen>) =>
    (await import('./run-web.ts')).runWeb(listenTo(options)),
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It is not a port, a number from 1 to 65535.');
  return port;
}

const listenTo = ({ host = '127.0.0.1', port }: Partial<Listen>): Listen => ({
  host,
  port: port ?? readPort(process.env.PORT || '3000'),
});

type RunProcess = typeof import('../runtime/process.ts').runProcess;

async function run(...process: Parameters<RunProcess>): Promise<void> {
  const { runProcess } = await import('../runtime/process.ts');
  const { endWithParent } = await import('./end-with-parent.ts');
  endWithParent();
  await runProcess(...process);
}
