import type { HubType } from '../hubs/find-hub.ts';
import type { Database } from '../prisma/client.ts';
import { readType } from './name-hub.ts';

export interface ListedHub {
  id: number;
  type: HubType;
  name: string;
  visibility: string;
  members: number;
  owners: number;
  lastEntryAt: Date | null;
  archivedAt: Date | null;
}

/** The hubs by their newest entry; those without one come last. @throws {Refusal} when the type is none */
export async function listHubs(
  database: Database,
  { type, archived = false }: { type?: string; archived?: boolean },
): Promise<ListedHub[]> {
  const wanted = type === undefined ? null : readType(type);
  return database.$queryRaw<ListedHub[]>`
    SELECT id, type::text AS "type", name::text AS "name", visibility::text AS "visibility",
      (SELECT count(DISTINCT person_id)::int FROM role WHERE hub_id = hub.id AND role.name = 'member') AS "members",
      (SELECT count(DISTINCT person_id)::int FROM role WHERE hub_id = hub.id AND role.name = 'owner') AS "owners",
      last_entry_at AS "lastEntryAt", archived_at AS "archivedAt"
    FROM hub
    WHERE (archived_at IS NOT NULL) = ${archived} AND (${wanted}::text IS NULL OR type::text = ${wanted})
    ORDER BY last_entry_at DESC NULLS LAST, type, name`;
}
