import type { Prisma } from '../prisma/generated/client.ts';
import { type AccountPerson, namePattern } from '../upstreams/accounts/accounts.ts';
import { contactSchema } from './contact.ts';
import { defaultWidgets } from './defaults.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';

/**
 * Makes a person with their user hub and their stream, as at the first sign-in. What exists stays as it is, but for
 * the full name, unless the accounts mark the person as private.
 * @returns both hubs, and whether anything is new
 * @throws {HubError} when the name is none
 */
export async function createPerson(
  tx: Prisma.TransactionClient,
  { username, fullName }: Pick<AccountPerson, 'username' | 'fullName'>,
): Promise<{ hubs: HubInfo[]; created: boolean }> {
  if (!namePattern.test(username)) {
    throw new HubError(`"${username}" is not a user name; use letters, digits, _ . - (64 at most)`);
  }
  const known = await tx.person.findUnique({ where: { username }, select: { contact: true } });
  const isPrivate = contactSchema.catch({}).parse(known?.contact ?? {}).private ?? false;
  const person = await tx.person.upsert({
    where: { username },
    create: { username, fullName: fullName ?? '' },
    update: fullName === null || isPrivate ? {} : { fullName },
  });
  let created = false;
  const hubs: HubInfo[] = [];
  for (const type of ['user', 'stream'] as const) {
    const there = await tx.hub.findUnique({ where: { type_name: { type, name: username } } });
    created ||= there === null;
    hubs.push(
      there ??
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
