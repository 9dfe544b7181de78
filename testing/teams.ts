// Teams and who is in them, as tests of roles ask for them and look at them.
import type { Viewer } from '../hubs/viewer.ts';
import type { Database, Pool } from '../prisma/client.ts';
import type { Hub } from '../prisma/generated/client.ts';
import type { RoleName, RoleSource } from '../prisma/generated/enums.ts';

export type Held = `${RoleName} ${RoleSource}`;

export const baseUrl = 'https://hubs.example.org';

export const asking = (viewer: Viewer, hub: Hub) => ({ viewer, hubId: hub.id, baseUrl });

export function openTeams({ database, pool }: { database: Database; pool: Pool }) {
  let count = 0;
  const newName = (word: string) => `${word}${++count}`;

  /** Somebody signed in, with nothing but a name. */
  async function somebody(siteAdmin = false): Promise<Viewer> {
    const person = await database.person.create({ data: { username: newName('person') } });
    return { person, siteAdmin, session: 1, roles: new Map() };
  }

  return {
    newName,
    somebody,
    /** `group` stands for a name of its own: a team tied to it. */
    tied: () => ({ groupName: newName('group') }),
    /** A team with another owner, in which `viewer` holds these roles. */
    async makeTeam(viewer: Viewer, held: Held[], given: Partial<Hub> = {}, alone = false) {
      const other = await somebody();
      const roles = [
        ...held.map((role) => ({ personId: viewer.person.id, role })),
        ...(alone ? [] : [{ personId: other.person.id, role: 'owner hubs' as const }]),
      ];
      const hub = await database.hub.create({
        data: {
          type: 'team',
          name: newName('team'),
          ...given,
          roles: {
            create: roles.map(({ personId, role }) => {
              const [name, source] = role.split(' ') as [RoleName, RoleSource];
              return { personId, name, source };
            }),
          },
        },
      });
      return { hub, other };
    },
    async heldBy(viewer: Viewer, hub: Hub): Promise<string> {
      const roles = await database.role.findMany({ where: { hubId: hub.id, personId: viewer.person.id } });
      return roles
        .map((role) => `${role.name} ${role.source}`)
        .sort()
        .join(', ');
    },
    /** The role events promised so far for this hub, in their order. */
    async eventsOf(hub: Hub): Promise<string[]> {
      const { rows } = await pool.query(
        `SELECT payload FROM graphile_worker._private_jobs WHERE payload->'body'->>'hub_name' = $1 ORDER BY id`,
        [hub.name],
      );
      return rows.map(({ payload: { topic, body, outside } }) =>
        [topic, body.old_role, body.role, body.agent, ...(outside ? [] : ['inside'])]
          .filter(Boolean)
          .join(' '),
      );
    },
  };
}
