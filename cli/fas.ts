import type { HubsCommand } from './hubs-command.ts';

export function addFasCommands(program: HubsCommand): void {
  const group = program.command('fas').description('FAS-related operations.');
  group.example('fas create-team design', 'fas create-team design --adopt', 'fas sync-teams --dry-run');
  group
    .command('create-team')
    .description('Create the team hub NAME from FAS.')
    .argument('<NAME...>')
    .option('--adopt', 'Tie a team made by hand that has the name to the group.')
    .answers(async (out, names: string[], { adopt = false }: { adopt?: boolean }) => {
      const { createTeams } = await import('./sync-teams.ts');
      process.exitCode = await createTeams(out, names, adopt ? 'adopt' : 'make');
    });
  group
    .command('sync-teams')
    .description('Sync all the team hubs NAMEs from FAS.')
    .argument('[NAME...]')
    .option('--dry-run', 'Say what would change, and change nothing.')
    .option('--force', 'Do also what looks like a fault of the accounts system.')
    .answers(async (out, names: string[], options: { dryRun?: boolean; force?: boolean }) => {
      const { syncTiedTeams } = await import('./sync-teams.ts');
      process.exitCode = await syncTiedTeams(out, names, options);
    });
}
