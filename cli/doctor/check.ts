import type { Redis } from 'ioredis';
import type pg from 'pg';
import type { Settings } from '../../settings/settings.ts';

export interface Wrong {
  /** What is wrong, as a sentence. */
  what: string;
  why: string;
  /** What to do. */
  remedy: string;
}

/** What was seen where all is fine, as a few words; else what is wrong. */
export type Verdict = string | Wrong[];

/** What checks look at. */
export interface Ground {
  settings: Settings;
  /** By DATABASE_DIRECT_URL; it answers. */
  postgres: pg.Client;
  redis: Redis;
  /** How many processes are meant to run; as many as run now where nobody said. */
  processes?: number;
}

type Store = 'postgres' | 'redis';

/** One thing the doctor looks at; where a store that it needs does not answer it is skipped. */
export interface Check {
  name: string;
  needs: Store[];
  look(ground: Ground): Promise<Verdict>;
}

/** Gives a check no store but those it says it needs. */
export const defineCheck = <Needs extends Store = never>(check: {
  name: string;
  needs: Needs[];
  look(ground: Pick<Ground, 'settings' | 'processes' | Needs>): Promise<Verdict>;
}): Check => check;

/** `wrong` with its reason and remedy, or `fine` where it is null. */
export const judge = (wrong: string | null, fine: string, why: string, remedy: string): Verdict =>
  wrong === null ? fine : [{ what: wrong, why, remedy }];
