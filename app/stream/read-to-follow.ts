import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';
import { readDirectory, type TeamCardInfo } from '../groups/read-directory.ts';

const OFFERED = 3;
/** Who did not want them in this time knows the directory. */
const OFFERED_MS = 7 * 86_400_000;

/**
 * For who came lately and follows less than three hubs: the teams that moved last, of which they are nothing yet and
 * whose feed they may read.
 * @param cameAt when the viewer signed in first
 */
export async function readTeamsToFollow(
  database: Database,
  viewer: Viewer,
  cameAt: Date,
  now: number,
): Promise<TeamCardInfo[]> {
  const followed = [...viewer.roles.values()].filter((roles) => roles.has('subscriber')).length;
  if (now - cameAt.getTime() > OFFERED_MS || followed >= OFFERED) return [];
  const all = { q: '', kind: null, needsHelp: false, archived: false };
  const { teams } = await readDirectory(database, viewer, all);
  return teams.filter(({ mine, numbers }) => mine.length === 0 && numbers !== null).slice(0, OFFERED);
}
