import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';
import { withDatabase } from './with-database.ts';

export function addHubCommands(program: HubsCommand): void {
  const group = program.command('hub').description('Operations on hubs.');
  group.example(
    'hub list --type team',
    'hub show design',
    'hub archive t/design',
    'hub archive design --wake',
  );
  group
    .command('archive')
    .description("Archive the team's hub HUB: it stays as it is, out of navigation and lists.")
    .argument('<HUB>')
    .option('--wake', 'Wake it again.')
    .answers(archiveHub);
  group
    .command('list')
    .description('List the hubs, those that were active last first.')
    .option('--type <TYPE>', 'Only those of the type user, team or stream.')
    .option('--archived', 'Only those that are archived; else those that are not.')
    .answers(listHubs);
  group
    .command('show')
    .description('Say what the hub HUB (its name, or as in t/design) is, who owns it and what is on it.')
    .argument('<HUB>')
    .answers(showHub);
}

async function archiveHub(out: Output, hub: string, { wake = false }: { wake?: boolean }): Promise<void> {
  await withDatabase(async ({ settings, database }) => {
    const { archiveByHand } = await import('./archive-hub.ts');
    const { name, changed } = await archiveByHand(database, hub, {
      archived: !wake,
      baseUrl: settings.BASE_URL,
    });
    const now = wake ? 'awake' : 'archived';
    out.answer({ name, archived: !wake, changed }, `${name} is ${changed ? 'now' : 'already'} ${now}.`);
  });
}

async function listHubs(out: Output, options: { type?: string; archived?: boolean }): Promise<void> {
  await withDatabase(async ({ database }) => {
    const { listHubs } = await import('./list-hubs.ts');
    const { sayAge } = await import('../ui/words.ts');
    const rows = await listHubs(database, options);
    const now = Date.now();
    out.table(
      rows,
      {
        ID: ({ id }) => id,
        HUB: ({ type, name }) => `${type}/${name}`,
        VISIBILITY: ({ visibility }) => visibility,
        MEMBERS: ({ members }) => members,
        OWNERS: ({ owners }) => owners,
        'LAST ENTRY': ({ lastEntryAt }) => (lastEntryAt ? sayAge(lastEntryAt.getTime(), now) : 'none'),
      },
      'There is no such hub.',
    );
  });
}

async function showHub(out: Output, hub: string): Promise<void> {
  await withDatabase(async ({ database }) => {
    const { describeHub, findOutAboutHub } = await import('./show-hub.ts');
    const found = await findOutAboutHub(database, hub);
    out.answer(found, describeHub(found));
  });
}
