// What people hid for themselves: single entries and kinds wherever they read, hubs and interests in their stream.
import type { Database } from '../prisma/client.ts';
import type { Hidden } from '../prisma/generated/client.ts';
import { HubError } from './hub-error.ts';
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

/** The hub and the key of `interestOf`. */
export function readInterest(value: string): { hub: number; key: string } {
  const gap = value.indexOf(' ');
  return { hub: Number(value.slice(0, gap)), key: value.slice(gap + 1) };
}

export type HiddenRow = Pick<Hidden, 'id' | 'what' | 'value' | 'createdAt'>;

/** All that the viewer hid, the newest first; a visitor hid nothing. */
export const listHidden = async (database: Database, viewer: Viewer | null): Promise<HiddenRow[]> =>
  viewer
    ? database.hidden.findMany({
        where: { personId: viewer.person.id },
        select: { id: true, what: true, value: true, createdAt: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      })
    : [];

/** The same as feeds are read with. */
export function toHides(rows: Pick<HiddenRow, 'what' | 'value'>[]): Hides {
  const values = (what: Hidden['what']) =>
    new Set(rows.flatMap((row) => (row.what === what ? [row.value] : [])));
  return {
    entries: values('entry'),
    kinds: values('kind'),
    hubs: new Set([...values('hub')].map(Number)),
    interests: values('interest'),
  };
}

const LIMIT = 2_000;

/**
 * Hides it, once.
 * @throws {HubError} where the list is full
 */
export async function hide(
  database: Database,
  viewer: Viewer,
  what: Hidden['what'],
  value: string,
): Promise<void> {
  const personId = viewer.person.id;
  if ((await database.hidden.count({ where: { personId } })) >= LIMIT) {
    throw new HubError(`You hid ${LIMIT.toLocaleString('en')} things: show some of them again first.`);
  }
  const row = { personId, what, value };
  await database.hidden.upsert({ where: { personId_what_value: row }, create: row, update: {} });
}

/** Shows again what one row hides, or what is named; what is not hidden stays so. */
export async function unhide(
  database: Database,
  viewer: Viewer,
  hidden: { id: number } | Pick<Hidden, 'what' | 'value'>,
): Promise<void> {
  await database.hidden.deleteMany({ where: { ...hidden, personId: viewer.person.id } });
}
