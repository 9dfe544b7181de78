import type { Database } from '../prisma/client.ts';
import type { HubsCommand } from './hubs-command.ts';

export function addUserCommands(program: HubsCommand): void {
  const group = program.command('user').description('Operations on people.');
  group
    .command('admin')
    .description('Make the person NAME a site admin.')
    .argument('<NAME>')
    .option('--revoke', 'Take it away again, also in their open sessions.')
    .action((name: string, { revoke = false }: { revoke?: boolean }) =>
      withDatabase(async (database) => {
        const { setSiteAdmin } = await import('./person.ts');
        console.log(await setSiteAdmin(database, name, !revoke));
      }),
    );
  group
    .command('show')
    .description('Say who the person NAME is, how they sign in and what their roles are.')
    .argument('<NAME>')
    .action((name: string) =>
      withDatabase(async (database) => {
        const { describePerson } = await import('./person.ts');
        for (const line of await describePerson(database, name)) console.log(line);
      }),
    );
}

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const { readSettings } = await import('../settings/settings.ts');
  const { openDatabase, openPool } = await import('../prisma/client.ts');
  const pool = openPool(readSettings().DATABASE_URL);
  const database = openDatabase(pool);
  try {
    await work(database);
  } finally {
    await database.$disconnect();
    await pool.end();
  }
}
