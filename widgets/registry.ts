// Every widget kind, one line each.
import { discussion } from './discussion/index.ts';
import { feed } from './feed/index.ts';
import type { AnyKind } from './kind.ts';
import { people } from './people/index.ts';
import { requests } from './requests/index.ts';

const kinds: AnyKind[] = [feed, people, discussion, requests];

const byName = new Map(kinds.map((kind) => [kind.kind, kind]));

/** The definition of a kind; undefined for a kind that is not installed (any more). */
export const findKind = (name: string): AnyKind | undefined => byName.get(name);
