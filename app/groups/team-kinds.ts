import type { TeamKind } from '../../prisma/generated/enums.ts';

export const teamKinds: [TeamKind, string][] = [
  ['team', 'Team'],
  ['project', 'Project'],
  ['regional', 'Regional team'],
  ['broadcast', 'Announcements'],
];
