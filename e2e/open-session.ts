import type { BrowserContext } from '@playwright/test';
import type pg from 'pg';
import { cookieName, startSession } from '../hubs/sessions.ts';
import { openDatabase } from '../prisma/client.ts';

/** Signs the context in as somebody who is known, without a provider. */
export async function openSession(
  context: BrowserContext,
  database: pg.Pool,
  url: string,
  username: string,
): Promise<void> {
  const client = openDatabase(database);
  const { id } = await client.person.findUniqueOrThrow({ where: { username } });
  const session = { personId: id, issuer: 'https://id.example.org', siteAdmin: false, userAgent: 'e2e' };
  const value = await startSession(client, session);
  await context.addCookies([{ name: cookieName(url), value, url }]);
}
