import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addFasCommands(program: HubsCommand): void {
  const group = program.command('fas').description('FAS-related operations.');
  group.example('fas create-team design');
  group
    .command('create-team')
    .description('Create the team hub NAME from FAS.')
    .argument('<NAME...>')
    .answers(createTeams);
}

async function createTeams(out: Output, names: string[]): Promise<void> {
  const { openWorkspace } = await import('./workspace.ts');
  const { createTeam } = await import('./create-team.ts');
  const { hubPath } = await import('../hubs/find-hub.ts');
  const workspace = await openWorkspace();
  try {
    for (const name of names) {
      const { hub, created } = await createTeam(workspace.database, workspace.accounts, name);
      const address = workspace.settings.BASE_URL.replace(/\/+$/, '') + hubPath(hub);
      const made = created ? 'made' : 'brought up to date';
      out.answer({ name: hub.name, created, address }, `${hub.name}: ${made}, ${address}`);
    }
  } finally {
    await workspace.close();
  }
}
