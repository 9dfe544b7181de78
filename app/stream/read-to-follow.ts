import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';
import type { Hub } from '../../prisma/generated/client.ts';

const OFFERED = 3;
/** Who did not want them in this time knows the directory. */
const OFFERED_MS = 7 * 86_400_000;

const shown = {
  ...{ id: true, type: true, name: true, summary: true },
  ...{ teamKind: true, colour: true, avatarUrl: true },
} as const;

export type TeamToFollow = Pick<Hub, keyof typeof shown>;

/**
 * For who came lately and follows less than three hubs: the teams that moved last, of which they are nothing yet and
 * whose feed they may read.
 * @param cameAt when the viewer signed in first
 */
export async function readTeamsToFollow(
  database: Database,
  { roles }: Viewer,
  cameAt: Date,
  now: number,
): Promise<TeamToFollow[]> {
  const followed = [...roles.values()].filter((mine) => mine.has('subscriber')).length;
  if (now - cameAt.getTime() > OFFERED_MS || followed >= OFFERED) return [];
  return database.hub.findMany({
    where: { type: 'team', visibility: 'public', archivedAt: null, id: { notIn: [...roles.keys()] } },
    orderBy: [{ lastEntryAt: { sort: 'desc', nulls: 'last' } }, { name: 'asc' }],
    take: OFFERED,
    select: shown,
  });
}
