import type { HubsCommand } from './hubs-command.ts';

export function addFasCommands(program: HubsCommand): void {
  const group = program.command('fas').description('FAS-related operations.');
  group
    .command('create-team')
    .description('Create the team hub NAME from FAS.')
    .argument('<NAME...>')
    .action(createTeams);
}

async function createTeams(names: string[]): Promise<void> {
  const { openWorkspace } = await import('./workspace.ts');
  const { createTeam } = await import('./create-team.ts');
  const { hubPath } = await import('../hubs/find-hub.ts');
  const workspace = await openWorkspace();
  try {
    for (const name of names) {
      const { hub, created } = await createTeam(workspace.database, workspace.accounts, name);
      const address = workspace.settings.BASE_URL.replace(/\/+$/, '') + hubPath(hub);
      console.log(`${hub.name}: ${created ? 'made' : 'brought up to date'}, ${address}`);
    }
  } finally {
    await workspace.close();
  }
}
