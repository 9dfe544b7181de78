import type { HubsCommand } from './hubs-command.ts';

interface Options {
  json?: boolean;
  quiet?: boolean;
}

export function addFasCommands(program: HubsCommand): void {
  const group = program.command('fas').description('FAS-related operations.');
  group
    .command('create-team')
    .description('Create the team hub NAME from FAS.')
    .argument('<NAME...>')
    .option('--adopt', 'Tie a team made by hand that has the name to the group.')
    .option('--json', 'Say what was done as JSON.')
    .option('--quiet', 'Say only what could not be done.')
    .action(async (names: string[], { adopt = false, ...options }: Options & { adopt?: boolean }) => {
      const { createTeams } = await import('./sync-teams.ts');
      process.exitCode = await createTeams(names, { ...options, how: adopt ? 'adopt' : 'make' });
    });
  group
    .command('sync-teams')
    .description('Sync all the team hubs NAMEs from FAS.')
    .argument('[NAME...]')
    .option('--dry-run', 'Say what would change, and change nothing.')
    .option('--force', 'Do also what looks like a fault of the accounts system.')
    .option('--json', 'Say what was done as JSON.')
    .option('--quiet', 'Say only what could not be done.')
    .action(async (names: string[], options: Options & { dryRun?: boolean; force?: boolean }) => {
      const { syncTiedTeams } = await import('./sync-teams.ts');
      process.exitCode = await syncTiedTeams(names, options);
    });
}
