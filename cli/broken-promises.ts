// What must be true of the data whatever happened, and what to do where it is not.
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../prisma/client.ts';
import { deriveInterests, refreshInterests } from '../widgets/interests.ts';

export interface Broken {
  promise: string;
  /** What breaks it, such as `team/design`. */
  where: string[];
  remedy: string;
}

interface Promised {
  promise: string;
  find(database: Database): Promise<string[]>;
  remedy: string;
}

type Row = { where: string };
const places = (rows: Row[]) => rows.map((row) => row.where);

const REPAIR = 'Run `hubs db check --repair`, which derives them anew.';

const promises: Promised[] = [
  {
    promise: 'Each hub has an owner, a group of the accounts, or is archived.',
    find: async (database) =>
      places(
        await database.$queryRaw<Row[]>`
        SELECT type || '/' || name AS "where" FROM hub
        WHERE group_name IS NULL AND archived_at IS NULL
          AND NOT EXISTS (SELECT FROM role WHERE hub_id = hub.id AND role.name = 'owner') ORDER BY 1`,
      ),
    remedy: 'Archive it (`hubs hub archive`); a site admin who wakes it on its page becomes its owner.',
  },
  {
    promise: 'A widget has a place of its own.',
    find: async (database) =>
      places(
        await database.$queryRaw<Row[]>`
        SELECT type || '/' || name || ': widgets ' || string_agg(widget.id::text, ', ' ORDER BY widget.id) AS "where"
        FROM widget JOIN hub ON hub.id = hub_id GROUP BY hub.id, "column", place HAVING count(*) > 1 ORDER BY 1`,
      ),
    remedy: 'Have an owner move one of them and save the layout.',
  },
  {
    promise: 'A link of a library has a place of its own.',
    find: async (database) =>
      places(
        await database.$queryRaw<Row[]>`
        SELECT type || '/' || name || ': links ' || string_agg(library_link.id::text, ', ' ORDER BY library_link.id) AS "where"
        FROM library_link JOIN hub ON hub.id = hub_id GROUP BY hub.id, place HAVING count(*) > 1 ORDER BY 1`,
      ),
    remedy: 'Have a member move one of them.',
  },
  {
    promise: "A person's hub and stream belong to the person of that name.",
    find: async (database) =>
      places(
        await database.$queryRaw<Row[]>`
        SELECT type || '/' || hub.name AS "where" FROM hub
        WHERE type <> 'team' AND NOT EXISTS (
          SELECT FROM role JOIN person ON person.id = person_id
          WHERE hub_id = hub.id AND role.name = 'owner' AND username = hub.name) ORDER BY 1`,
      ),
    remedy: 'Restore the person or the role from a backup; a hub whose person is gone may be deleted.',
  },
  {
    promise: 'Roles of the accounts stand in hubs that are tied to a group.',
    find: async (database) =>
      places(
        await database.$queryRaw<Row[]>`
        SELECT type || '/' || hub.name || ': ' || string_agg(DISTINCT username::text, ', ') AS "where"
        FROM role JOIN hub ON hub.id = hub_id JOIN person ON person.id = person_id
        WHERE source = 'accounts' AND group_name IS NULL GROUP BY hub.id ORDER BY 1`,
      ),
    remedy:
      'Tie the hub to its group again (`hubs fas create-team`), or have its owners take the roles away.',
  },
  {
    promise: 'The interests are those that configuration and widgets ask for.',
    find: async (database) => (await findOutOfStep(database)).interests.map(({ name }) => name),
    remedy: REPAIR,
  },
  {
    promise: 'The keys of loaded values are those that the settings of widgets ask for.',
    find: async (database) => (await findOutOfStep(database)).valueKeys.map(({ name }) => name),
    remedy: REPAIR,
  },
];

export async function findBrokenPromises(database: Database): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { promise, find, remedy } of promises) {
    const where = await find(database);
    if (where.length > 0) broken.push({ promise, where, remedy });
  }
  return broken;
}

/** Derives anew what is out of step. @returns the hubs it did that for */
export async function repairInterests(database: Database): Promise<string[]> {
  const { interests, valueKeys } = await findOutOfStep(database);
  const hubs = new Map([...interests, ...valueKeys].map((hub) => [hub.id, hub.name]));
  for (const id of hubs.keys()) await database.$transaction((tx) => refreshInterests(tx, id));
  return [...hubs.values()];
}

interface Named {
  id: number;
  name: string;
}

const HUBS_AT_ONCE = 200;

/** Hubs whose interests, and whose widgets' value keys, are not what is derived from them now. */
async function findOutOfStep(database: Database): Promise<{ interests: Named[]; valueKeys: Named[] }> {
  const found: { interests: Named[]; valueKeys: Named[] } = { interests: [], valueKeys: [] };
  for (let last = 0; ; ) {
    const hubs = await database.hub.findMany({
      where: { id: { gt: last } },
      orderBy: { id: 'asc' },
      take: HUBS_AT_ONCE,
      include: { widgets: true, interests: true },
    });
    for (const hub of hubs) {
      const named = { id: hub.id, name: `${hub.type}/${hub.name}` };
      const derived = deriveInterests(hub);
      if (!isDeepStrictEqual(keysOf(hub.interests), keysOf(derived.interests))) found.interests.push(named);
      if (hub.widgets.some(({ id, valueKey }) => valueKey !== derived.valueKeys.get(id)))
        found.valueKeys.push(named);
    }
    if (hubs.length < HUBS_AT_ONCE) return found;
    last = hubs.at(-1)?.id ?? last;
  }
}

const keysOf = (interests: { key: string; widgetId: number | null }[]): Set<string> =>
  new Set(interests.map(({ key, widgetId }) => `${widgetId ?? ''} ${key}`));
