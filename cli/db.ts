import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addDbCommands(program: HubsCommand): void {
  const group = program.command('db').description('Database-related operations.');
  group.example('db status', 'db migrate', 'db check');
  group
    .command('check')
    .description('Compare tables and data with what Hubs relies on, and say what to do.')
    .option('--repair', 'Derive interests and value keys anew where they are out of step.')
    .answers(async (out, options: { repair?: boolean }) =>
      (await import('./check-database.ts')).checkDatabase(out, options),
    );
  group.command('migrate').description("Bring the database's tables up to date.").answers(migrateDatabase);
  group.command('status').description('Say which migrations are applied and which wait.').answers(showStatus);
  group
    .command('seed')
    .description("Write the demo's people and teams, from the accounts file.")
    .answers(seedDemo);
}

async function migrateDatabase(out: Output): Promise<void> {
  const { readSettings } = await import('../settings/settings.ts');
  const { migrate } = await import('../prisma/migrate.ts');
  const { DATABASE_DIRECT_URL } = readSettings();
  const progress = out.progress(() => 'Migrating; another that migrates is waited for …');
  const applied = await migrate(DATABASE_DIRECT_URL).finally(progress.end);
  const lines = applied.map((name) => `Applied ${name}.`);
  out.answer({ applied }, lines.length > 0 ? lines : 'The database is up to date.');
}

async function showStatus(out: Output): Promise<void> {
  const { readSettings } = await import('../settings/settings.ts');
  const { migrationStatus } = await import('../prisma/migrate.ts');
  const status = await migrationStatus(readSettings().DATABASE_DIRECT_URL);
  const { applied, pending, edited } = status;
  const lines = [
    ...applied.map((name) => `${edited.includes(name) ? 'edited ' : 'applied'} ${name}`),
    ...pending.map((name) => `pending ${name}`),
  ];
  if (edited.length > 0)
    lines.push('Edited since they were applied: restore the files, write new migrations.');
  else if (pending.length > 0) lines.push('Run `hubs db migrate` to apply what is pending.');
  else lines.push('The database is up to date.');
  out.answer(status, lines);
}

async function seedDemo(out: Output): Promise<void> {
  const { openWorkspace } = await import('./workspace.ts');
  const { seedDemo } = await import('./seed-demo.ts');
  const { Refusal } = await import('./refusal.ts');
  const { syncRules } = await import('../jobs/sync-rules.ts');
  const workspace = await openWorkspace();
  try {
    if (workspace.settings.FASJSON_URL)
      throw new Refusal(
        'The seed makes everybody of an accounts file; with FASJSON_URL make teams one by one: hubs fas create-team NAME.',
      );
    const rules = syncRules(workspace.settings);
    const progress = out.progress(() => 'Making people and teams …');
    const seeded = await seedDemo(workspace.database, workspace.accounts, rules).finally(progress.end);
    const { people, teams, left } = seeded;
    const lines = [
      `People: ${people.made} made, ${people.known} there already.`,
      `Teams: ${teams.made} made, ${teams.known} brought up to date.`,
    ];
    if (left.length > 0)
      lines.push(`Left for you to make: ${left.join(', ')} (hubs fas create-team ${left[0]}).`);
    out.answer(seeded, lines);
  } finally {
    await workspace.close();
  }
}
