// What a grouping rule is.
import type { Part } from '../activity.ts';
import type { Subject } from '../rule.ts';

/** Messages that belong together, in the list's order. */
export interface Together {
  subjects: Subject[];
  /** Of all of them, sorted. */
  people: string[];
  packages: string[];
  reader: string | undefined;
}

export interface Merged {
  /** Undefined: the first message's own sentence, and how many more. */
  sentence: Part[] | undefined;
  /** Where it differs for the reader. */
  subjective?: Part[] | undefined;
  link?: string | null | undefined;
  /** Undefined: the service's icon. */
  picture?: string | null | undefined;
}

export interface GroupingRule {
  /** A message belongs to the first one with which it has a key in common; a message without keys to none. */
  keys(message: Subject): string[];
  merge(together: Together): Merged;
}

/** The keys of one text that may be missing. */
export const keyOf = (...words: (string | undefined)[]): string[] =>
  words.every((word) => word !== undefined && word !== '') ? [words.join('\n')] : [];
