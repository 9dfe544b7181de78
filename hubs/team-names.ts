// What a team made by hand may be called.
import { namePattern } from '../upstreams/accounts/accounts.ts';

/** What is wrong with the letters of a name, with the remedy; null when nothing is. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Give the hub a name; it stands in its address.';
  if (name.length > 64) return `A name has 64 characters at most; this one has ${name.length}.`;
  if (!/^[a-zA-Z0-9]/.test(name)) return 'A name begins with a letter or a digit (a to z, 0 to 9).';
  const wrong = [...name].find((character) => !/[a-zA-Z0-9_.-]/.test(character));
  if (wrong !== undefined) {
    const what = wrong === ' ' ? 'a space' : `“${wrong}”`;
    return `A name can't have ${what} in it; use letters without accents, digits, _ . and -`;
  }
  return namePattern.test(name) ? null : 'Use letters without accents, digits, _ . and -';
}

/**
 * What is left of a name for the eye: names with the same skeleton are mistaken for each other. The SQL below does the
 * same; a test holds the two together.
 */
export const skeleton = (name: string): string =>
  name.toLowerCase().replace(/[-_.]/g, '').replace(/0/g, 'o').replace(/[1i]/g, 'l');

/** `skeleton` of a column, in SQL: what `translate` finds no partner for it leaves out. */
export const SKELETON_SQL = `translate(lower(hub.name::text), '01i-_.', 'oll')`;
