import { HubError } from './hub-error.ts';

/** One step, or behind the one of that id; 0 is the first place. */
export type Move = 'up' | 'down' | number;

/**
 * The ids in their new order; null where it stands at that end already.
 * @throws {HubError} where one of them is not there (any more)
 */
export function moveWithin(order: number[], id: number, to: Move): number[] | null {
  const at = order.indexOf(id);
  const others = order.filter((one) => one !== id);
  if (at < 0 || (typeof to === 'number' && to !== 0 && !others.includes(to)))
    throw new HubError('That is not in the list any more; look at it again.', { code: 'not_found' });
  if (typeof to === 'number') return others.toSpliced(others.indexOf(to) + 1, 0, id);
  const place = to === 'up' ? at - 1 : at + 1;
  if (place < 0 || place > others.length) return null;
  return others.toSpliced(place, 0, id);
}
