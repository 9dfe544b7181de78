// What people hid for themselves: single entries and kinds wherever they read, hubs and interests in their stream.
import type { Database } from '../prisma/client.ts';
import type { Viewer } from './viewer.ts';

/** What one viewer does not want to see. */
export interface Hides {
  /** Message ids. */
  entries: ReadonlySet<string>;
  /** Kinds such as `git.receive`. */
  kinds: ReadonlySet<string>;
  hubs: ReadonlySet<number>;
  /** Of `interestOf`. */
  interests: ReadonlySet<string>;
}

export const nothingHidden: Hides = {
  entries: new Set(),
  kinds: new Set(),
  hubs: new Set(),
  interests: new Set(),
};

/** What put an entry in a stream: one key of one hub. */
export const interestOf = (hub: number, key: string): string => `${hub} ${key}`;

/** A visitor hid nothing. */
export async function readHides(database: Database, viewer: Viewer | null): Promise<Hides> {
  if (!viewer) return nothingHidden;
  const rows = await database.hidden.findMany({
    where: { personId: viewer.person.id },
    select: { what: true, value: true },
  });
  const values = (what: string) => new Set(rows.flatMap((row) => (row.what === what ? [row.value] : [])));
  return {
    entries: values('entry'),
    kinds: values('kind'),
    hubs: new Set([...values('hub')].map(Number)),
    interests: values('interest'),
  };
}
