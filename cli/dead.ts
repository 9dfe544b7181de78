// `hubs dead`: what could not be done, items of streams and promised jobs alike.
import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addDeadCommands(program: HubsCommand): void {
  const group = program
    .command('dead')
    .description('Operations on what could not be done and was put aside.');
  group.example('dead list', 'dead show job-42', 'dead retry --all', 'dead drop job-42');
  group.command('list').description('List what was put aside, oldest first, with the reason.').answers(list);
  group.command('show').description('Show all of ID.').argument('<ID>').answers(show);
  for (const [name, description] of [
    ['retry', 'Have each ID done again, from its first try on.'],
    ['drop', 'Forget each ID.'],
  ] as const)
    group
      .command(name)
      .description(description)
      .argument('[ID...]')
      .option('--all', 'All that are there now.')
      .answers((out, ids: string[], { all = false }: { all?: boolean }) => settle(out, name, ids, all));
}

async function list(out: Output): Promise<void> {
  const { readAllDead } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async (queues) => {
    const dead = await readAllDead(queues);
    out.table(
      dead.map(({ content: _, ...entry }) => entry),
      {
        ID: ({ id }) => id,
        'PUT ASIDE': ({ at }) => at.slice(0, 19).replace('T', ' '),
        FROM: ({ from }) => from,
        REASON: ({ reason }) => reason,
      },
      'Nothing was put aside.',
    );
  });
}

async function show(out: Output, id: string): Promise<void> {
  const { findDeadEntry } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async (queues) => {
    const entry = await findDeadEntry(queues, id);
    out.answer(entry, [
      `${entry.id}: ${entry.reason}`,
      `Put aside at ${entry.at}, from ${entry.from}.`,
      JSON.stringify(entry.content, null, 2),
    ]);
  });
}

async function settle(out: Output, what: 'retry' | 'drop', ids: string[], all: boolean): Promise<void> {
  const { Refusal } = await import('./refusal.ts');
  if (all === ids.length > 0)
    throw new Refusal('Name what is meant: either IDs, as `hubs dead list` has them, or --all.');
  const { findDeadEntries, readAllDead, settleDead } = await import('./dead-entries.ts');
  const { withQueues } = await import('./open-queues.ts');
  await withQueues(async (queues) => {
    const entries = all ? await readAllDead(queues) : await findDeadEntries(queues, ids);
    let done = 0;
    const progress = out.progress(() => `${done} of ${entries.length}`);
    try {
      for (const entry of entries) if (await settleDead(queues, what, entry)) done += 1;
    } finally {
      progress.end();
    }
    const how = what === 'retry' ? 'will be done again' : 'forgotten';
    out.answer(
      { [what === 'retry' ? 'retried' : 'dropped']: done },
      entries.length === 0 ? 'Nothing was put aside.' : `${done} ${how}.`,
    );
  });
}
