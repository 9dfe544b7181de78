import type { HubInfo } from '../hubs/find-hub.ts';
import type { Database } from '../prisma/client.ts';
import { HubType } from '../prisma/generated/enums.ts';
import { nearNames } from './near-names.ts';
import { Refusal } from './refusal.ts';

const isType = (word: string): word is HubType => Object.hasOwn(HubType, word);
const inAddresses = new Map([
  ['t', 'team'],
  ['u', 'user'],
]);

/** `team`, or `t` as in addresses. */
export function readType(word: string): HubType {
  const type = inAddresses.get(word) ?? word;
  if (isType(type)) return type;
  throw new Refusal(`There is no type of hub ${word}; there are ${Object.keys(HubType).join(', ')}.`);
}

/**
 * The hub that somebody named: `design`, `t/design`, `team/design`, `user/mira`, `stream/mira`. A name alone is a team's or
 * a person's.
 * @throws {Refusal} when there is none, naming those that are meant perhaps, or a name alone is two hubs'
 */
export async function nameHub(database: Database, given: string): Promise<HubInfo> {
  const [name = '', prefix] = given.split('/').reverse();
  const types: HubType[] = prefix ? [readType(prefix)] : ['team', 'user'];
  const found = await database.hub.findMany({ where: { name, type: { in: types } } });
  const [hub, other] = found;
  if (hub && !other) return hub;
  if (hub)
    throw new Refusal(`There are ${found.map(({ type }) => `${type}/${hub.name}`).join(' and ')}; name one.`);
  const all = await database.hub.findMany({ where: { type: { in: types } }, select: { name: true } });
  const near = nearNames(name, [...new Set(all.map((one) => one.name))]);
  throw new Refusal(
    `There is no hub ${given}; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : '`hubs hub list` shows those there are.'}`,
  );
}
