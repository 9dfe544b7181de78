import type { HubsCommand } from './hubs-command.ts';

export function addDbCommands(program: HubsCommand): void {
  const group = program.command('db').description('Database-related operations.');
  group.command('migrate').description("Bring the database's tables up to date.").action(migrateDatabase);
  group.command('status').description('Say which migrations are applied and which wait.').action(showStatus);
  group
    .command('seed')
    .description("Write the demo's people and teams, from the accounts file.")
    .action(seedDemo);
}

async function migrateDatabase(): Promise<void> {
  const { readSettings } = await import('../settings/settings.ts');
  const { migrate } = await import('../prisma/migrate.ts');
  const applied = await migrate(readSettings().DATABASE_DIRECT_URL);
  for (const name of applied) console.log(`Applied ${name}.`);
  if (applied.length === 0) console.log('The database is up to date.');
}

async function showStatus(): Promise<void> {
  const { readSettings } = await import('../settings/settings.ts');
  const { migrationStatus } = await import('../prisma/migrate.ts');
  const { applied, pending, edited } = await migrationStatus(readSettings().DATABASE_DIRECT_URL);
  for (const name of applied) console.log(`${edited.includes(name) ? 'edited ' : 'applied'} ${name}`);
  for (const name of pending) console.log(`pending ${name}`);
  if (edited.length > 0)
    console.log('Edited since they were applied: restore the files, write new migrations.');
  else if (pending.length > 0) console.log('Run `hubs db migrate` to apply what is pending.');
  else console.log('The database is up to date.');
}

async function seedDemo(): Promise<void> {
  const { openWorkspace } = await import('./workspace.ts');
  const { seedDemo } = await import('./seed-demo.ts');
  const { HubError } = await import('../hubs/hub-error.ts');
  const { syncRules } = await import('../jobs/sync-rules.ts');
  const workspace = await openWorkspace();
  try {
    if (workspace.settings.FASJSON_URL)
      throw new HubError(
        'The seed makes everybody of an accounts file; with FASJSON_URL make teams one by one: hubs fas create-team NAME.',
      );
    const rules = syncRules(workspace.settings);
    const { people, teams, left } = await seedDemo(workspace.database, workspace.accounts, rules);
    console.log(`People: ${people.made} made, ${people.known} there already.`);
    console.log(`Teams: ${teams.made} made, ${teams.known} brought up to date.`);
    if (left.length > 0) {
      console.log(`Left for you to make: ${left.join(', ')} (hubs fas create-team ${left[0]}).`);
    }
  } finally {
    await workspace.close();
  }
}
