import type { Database } from '../prisma/client.ts';
import { tellBrowsers } from './changes.ts';
import type { Privacy } from './contact.ts';

/** Keeps to whom each line of one's contact is shown. What is for fewer people now leaves the pages that are open, too. */
export async function choosePrivacy(database: Database, username: string, privacy: Privacy): Promise<void> {
  await database.$transaction(async (tx) => {
    await tx.person.update({ where: { username }, data: { privacy } });
    const own = await tx.hub.findUnique({ where: { type_name: { type: 'user', name: username } } });
    if (own) await tellBrowsers(tx, own, 'hub');
  });
}
