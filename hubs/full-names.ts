import type { Prisma } from '../prisma/generated/client.ts';

/**
 * Gives people their full names, and makes those who are new. A person's own hub is called so too, unless they gave it
 * another summary: who becomes private is named nowhere.
 */
export async function keepFullNames(
  tx: Prisma.TransactionClient,
  people: { username: string; fullName: string }[],
): Promise<void> {
  const usernames = people.map(({ username }) => username);
  const names = people.map(({ fullName }) => fullName);
  await tx.$executeRaw`
    UPDATE hub SET summary = given.full_name
    FROM unnest(${usernames}::citext[], ${names}::text[]) AS given (username, full_name)
    JOIN person ON person.username = given.username
    WHERE hub.type = 'user' AND hub.name = given.username
      AND hub.summary = person.full_name AND hub.summary <> given.full_name`;
  await tx.$executeRaw`
    INSERT INTO person (username, full_name)
    SELECT DISTINCT ON (username) * FROM unnest(${usernames}::citext[], ${names}::text[]) AS given (username, full_name)
    ORDER BY username
    ON CONFLICT (username) DO UPDATE SET full_name = EXCLUDED.full_name
      WHERE person.full_name <> EXCLUDED.full_name`;
}
