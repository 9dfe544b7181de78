import type { Prisma } from '../prisma/generated/client.ts';
import type { AccountPerson } from '../upstreams/accounts/accounts.ts';
import { namePattern } from '../upstreams/accounts/accounts.ts';
import { defaultWidgets } from './defaults.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';

/**
 * Makes a person with their user hub and their stream, as at the first sign-in. What exists stays as it is, but for
 * the full name, which the accounts decide.
 * @returns both hubs, and whether anything is new
 * @throws {HubError} when the name is none
 */
export async function createPerson(
  tx: Prisma.TransactionClient,
  { username, fullName }: AccountPerson,
): Promise<{ hubs: HubInfo[]; created: boolean }> {
  if (!namePattern.test(username)) {
    throw new HubError(`"${username}" is not a user name; use letters, digits, _ . - (64 at most)`);
  }
  const person = await tx.person.upsert({
    where: { username },
    create: { username, fullName: fullName ?? '' },
    update: fullName === null ? {} : { fullName },
  });
  let created = false;
  const hubs: HubInfo[] = [];
  for (const type of ['user', 'stream'] as const) {
    const known = await tx.hub.findUnique({ where: { type_name: { type, name: username } } });
    created ||= known === null;
    hubs.push(
      known ??
        (await tx.hub.create({
          data: {
            type,
            name: person.username,
            summary: fullName ?? '',
            // A stream is nobody's but its person's, whatever else decides.
            visibility: type === 'stream' ? 'private' : 'public',
            roles: { create: { personId: person.id, name: 'owner', source: 'hubs' } },
            widgets: { create: defaultWidgets({ type, discourseTag: null }) },
          },
        })),
    );
  }
  return { hubs, created };
}
