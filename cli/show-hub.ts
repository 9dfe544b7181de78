import type { Database } from '../prisma/client.ts';
import { plural, sayAge } from '../ui/words.ts';
import { nameHub } from './name-hub.ts';

type Found = Awaited<ReturnType<typeof findOutAboutHub>>;

/** @param given as nameHub takes it @throws {Refusal} */
export async function findOutAboutHub(database: Database, given: string) {
  const hub = await nameHub(database, given);
  const where = { hubId: hub.id };
  const [roles, widgets, waiting] = await Promise.all([
    database.role.findMany({ where, include: { person: true }, orderBy: { person: { username: 'asc' } } }),
    database.widget.findMany({
      where,
      orderBy: [{ column: 'asc' }, { place: 'asc' }],
      select: { id: true, kind: true, column: true, place: true, restricted: true },
    }),
    database.joinRequest.count({ where: { ...where, state: 'pending' } }),
  ]);
  const namesOf = (role: string) => [
    ...new Set(roles.filter(({ name }) => name === role).map(({ person }) => person.username)),
  ];
  const { id, type, name, summary, visibility, groupName, joinMode, createdAt, archivedAt, lastEntryAt } =
    hub;
  return {
    ...{ id, type, name, summary, visibility, groupName, joinMode, createdAt, archivedAt, lastEntryAt },
    owners: namesOf('owner'),
    members: namesOf('member').length,
    subscribers: namesOf('subscriber').length,
    waiting,
    widgets,
  };
}

export function describeHub(hub: Found, now = Date.now()): string[] {
  const age = (date: Date) => sayAge(date.getTime(), now);
  return [
    `${hub.type}/${hub.name}${hub.summary && ` (${hub.summary})`}, id ${hub.id}, made ${age(hub.createdAt)}`,
    `  ${hub.visibility}${hub.archivedAt ? `, archived ${age(hub.archivedAt)}` : ''}`,
    `  ${hub.groupName ? `the accounts' group ${hub.groupName}` : 'no group of the accounts'}; joining: ${hub.joinMode}`,
    `  owners: ${hub.owners.join(', ') || 'none'}`,
    `  ${plural(hub.members, 'member')}, ${plural(hub.subscribers, 'subscriber')}, ${plural(hub.waiting, 'request')} to join waiting`,
    `  newest entry: ${hub.lastEntryAt ? age(hub.lastEntryAt) : 'none'}`,
    ...hub.widgets.map(
      ({ id, kind, column, place, restricted }) =>
        `  widget ${id}: ${kind}, ${column} ${place + 1}${restricted ? ', for members' : ''}`,
    ),
  ];
}
