// From what a clock on the wall of a zone shows to the moment it shows it, and back.

/** By the zone's name in small letters; of zones that there are, so that no calendar can fill the memory with names. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const name = timeZone.toLowerCase();
  const made = formats.get(name) ?? openFormat(name);
  if (made) formats.set(name, made);
  return made;
}

function openFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    return null; // a RangeError: no zone is called so
  }
}

/** Whether IANA knows a zone of this name. */
export const isZone = (timeZone: string): boolean => formatOf(timeZone) !== null;

/** How IANA writes the zone's name: `europe/paris` is `Europe/Paris`, and `GMT` is `UTC`. */
export const nameOf = (timeZone: string): string =>
  formatOf(timeZone)?.resolvedOptions().timeZone ?? timeZone;

/** What the zone's clocks show at a moment, written as if it were UTC. */
export const toWall = (moment: number, timeZone: string): number => moment + offsetAt(moment, timeZone);

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = formatOf(timeZone)?.formatToParts(moment) ?? [];
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(moment / 1_000) * 1_000;
}

const DAY_MS = 86_400_000;

/**
 * The moment when the zone's clocks show `wall` (written as if it were UTC). Of a time that comes twice the first, and
 * for one that is left out what it would have been without the change (RFC 5545, 3.3.5).
 */
export function toMoment(wall: number, timeZone: string): number {
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  if (wall - before === offsetAt(before, timeZone)) return before;
  const after = wall - offsetAt(wall + DAY_MS, timeZone);
  return wall - after === offsetAt(after, timeZone) ? after : before;
}
