// `hubs dead`: what could not be done, items of streams and promised jobs alike.
import type { HubsCommand } from './hubs-command.ts';

interface Options {
  all?: boolean;
  json?: boolean;
}

export function addDeadCommands(program: HubsCommand): void {
  const group = program
    .command('dead')
    .description('Operations on what could not be done and was put aside.');
  group
    .command('list')
    .description('List what was put aside, oldest first, with the reason.')
    .option('--json', 'Say it as JSON.')
    .action(list);
  group
    .command('show')
    .description('Show all of ID.')
    .argument('<ID>')
    .option('--json', 'Say it as JSON.')
    .action(show);
  for (const [name, description] of [
    ['retry', 'Have each ID done again, from its first try on.'],
    ['drop', 'Forget each ID.'],
  ] as const)
    group
      .command(name)
      .description(description)
      .argument('[ID...]')
      .option('--all', 'All that are there now.')
      .option('--json', 'Say it as JSON.')
      .action((ids: string[], options: Options) => settle(name, ids, options));
}

async function list({ json = false }: Options): Promise<void> {
  const { readAllDead } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async (queues) => {
    const dead = await readAllDead(queues);
    if (json) return console.log(JSON.stringify(dead.map(({ content: _, ...entry }) => entry)));
    if (dead.length === 0) return console.log('Nothing was put aside.');
    const width = Math.max(...dead.map(({ id }) => id.length));
    for (const { id, at, from, reason } of dead)
      console.log(`${id.padEnd(width)}  ${at.slice(0, 19).replace('T', ' ')}  ${from}  ${reason}`);
  });
}

async function show(id: string, { json = false }: Options): Promise<void> {
  const { findDeadEntries } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async (queues) => {
    const [entry] = await findDeadEntries(queues, [id]);
    if (json || !entry) return console.log(JSON.stringify(entry));
    console.log(`${entry.id}: ${entry.reason}`);
    console.log(`Put aside at ${entry.at}, from ${entry.from}.`);
    console.log(JSON.stringify(entry.content, null, 2));
  });
}

async function settle(
  what: 'retry' | 'drop',
  ids: string[],
  { all = false, json = false }: Options,
): Promise<void> {
  const { HubError } = await import('../hubs/hub-error.ts');
  if (all === ids.length > 0)
    throw new HubError('Name what is meant: either IDs, as `hubs dead list` has them, or --all.');
  const { findDeadEntries, readAllDead, settleDead } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  const { showProgress } = await import('./progress.ts');
  await withQueues(async (queues) => {
    const entries = all ? await readAllDead(queues) : await findDeadEntries(queues, ids);
    let done = 0;
    const progress = showProgress(() => `${done} of ${entries.length}`);
    try {
      for (const entry of entries) if (await settleDead(queues, what, entry)) done += 1;
    } finally {
      progress.end();
    }
    if (json) return console.log(JSON.stringify({ [what === 'retry' ? 'retried' : 'dropped']: done }));
    if (entries.length === 0) return console.log('Nothing was put aside.');
    console.log(`${done} ${what === 'retry' ? 'will be done again' : 'forgotten'}.`);
  });
}
