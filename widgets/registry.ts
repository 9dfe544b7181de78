// Every widget kind, one line each.
import { about } from './about/index.ts';
import { cobwebs } from './cobwebs/index.ts';
import { contact } from './contact/index.ts';
import { discussion } from './discussion/index.ts';
import { feed } from './feed/index.ts';
import { help } from './help/index.ts';
import { hubs } from './hubs/index.ts';
import type { AnyKind } from './kind.ts';
import { library } from './library/index.ts';
import { meetings } from './meetings/index.ts';
import { people } from './people/index.ts';
import { requests } from './requests/index.ts';
import { rules } from './rules/index.ts';
import { sample } from './sample/index.ts';
import { stats } from './stats/index.ts';
import { sticky } from './sticky/index.ts';

const kinds: AnyKind[] = [
  feed,
  about,
  sticky,
  help,
  rules,
  meetings,
  stats,
  people,
  hubs,
  requests,
  contact,
  library,
  discussion,
  cobwebs,
  sample,
];

const byName = new Map(kinds.map((kind) => [kind.kind, kind]));

/** The definition of a kind; undefined for a kind that is not installed (any more). */
export const findKind = (name: string): AnyKind | undefined => byName.get(name);

/** The kinds the library of widgets offers; some are only for those who develop Hubs. */
export const listKinds = (environment: string | undefined = process.env.NODE_ENV): AnyKind[] =>
  kinds.filter((kind) => !kind.onlyInDevelopment || environment === 'development');
