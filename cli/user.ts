import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';
import { withDatabase } from './with-database.ts';

export function addUserCommands(program: HubsCommand): void {
  const group = program.command('user').description('Operations on people.');
  group.example('user show mira', 'user admin mira', 'user admin mira --revoke');
  group
    .command('admin')
    .description('Make the person NAME a site admin.')
    .argument('<NAME>')
    .option('--revoke', 'Take it away again, also in their open sessions.')
    .answers((out: Output, name: string, { revoke = false }: { revoke?: boolean }) =>
      withDatabase(async ({ database }) => {
        const { setSiteAdmin } = await import('./person.ts');
        const { username, siteAdmin, sentence } = await setSiteAdmin(database, name, !revoke);
        out.answer({ username, siteAdmin }, sentence);
      }),
    );
  group
    .command('show')
    .description('Say who the person NAME is, how they sign in and what their roles are.')
    .argument('<NAME>')
    .answers((out: Output, name: string) =>
      withDatabase(async ({ database }) => {
        const { describePerson, findOutAbout } = await import('./person.ts');
        const person = await findOutAbout(database, name);
        out.answer(person, describePerson(person));
      }),
    );
}
