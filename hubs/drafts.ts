// Drafts keep what somebody pressed or typed that could not be done at once: nothing they typed is lost.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../prisma/client.ts';

export type Fields = Record<string, string | string[]>;

export interface Draft {
  id: string;
  /** Where the form posts to. */
  action: string;
  /** The page it stands on. */
  page: string;
  fields: Fields;
  /** By field name; the empty name is the form as a whole. */
  errors: Record<string, string>;
}

/** A draft nobody came back to is thrown away after a day. */
const KEPT_MS = 86_400_000;

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const errorsSchema = z.record(z.string(), z.string());

/** Keeps a draft; a visitor's belongs to whoever signs in with its id. Old ones go. */
export async function keepDraft(
  database: Database,
  personId: number | null,
  draft: Omit<Draft, 'id'>,
  now = Date.now(),
): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await database.draft.deleteMany({ where: { createdAt: { lt: new Date(now - KEPT_MS) } } });
  await database.draft.create({ data: { id, personId, ...draft } });
  return id;
}

const idForm = /^[\w-]{22}$/;

/** The draft, if it is this person's (null: a visitor's). */
export async function readDraft(
  database: Database,
  id: string,
  personId: number | null,
): Promise<Draft | null> {
  if (!idForm.test(id)) return null;
  const row = await database.draft.findUnique({ where: { id } });
  if (!row || row.personId !== personId) return null;
  const { action, page } = row;
  return { id, action, page, fields: fieldsSchema.parse(row.fields), errors: errorsSchema.parse(row.errors) };
}

/** Makes a visitor's draft the person's who has just signed in; null where it is gone or somebody else's. */
export async function claimDraft(database: Database, id: string, personId: number): Promise<Draft | null> {
  await database.draft.updateMany({ where: { id, personId: null }, data: { personId } });
  return readDraft(database, id, personId);
}

export async function dropDraft(database: Database, id: string): Promise<void> {
  await database.draft.deleteMany({ where: { id } });
}
