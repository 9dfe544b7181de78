// Several teams, one after another: what went wrong with one does not keep the others from being done.
import type { Database } from '../prisma/client.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { TicketError } from '../upstreams/accounts/tickets.ts';
import { UpstreamError } from '../upstreams/upstream-error.ts';
import { type Followed, HeldBack } from './follow-group.ts';
import { HubError } from './hub-error.ts';
import { type SyncOptions, type SyncRules, syncTeam, UnknownGroup } from './sync-team.ts';

export type TeamResult =
  | Followed
  | {
      name: string;
      /** `held back`: a person should look; `refused`: it can't be done; `not read`: the accounts did not answer. */
      outcome: 'held back' | 'refused' | 'not read';
      sentence: string;
      /** Whether a later run may do it. */
      retry: boolean;
      /** The accounts have no such group. */
      isUnknown?: boolean;
    };

/** After so many groups in a row that could not be read the service is taken to be down. */
const FAILURES_IN_A_ROW = 3;

/**
 * Syncs the teams; each is done for good before the next one. When the accounts system is down the rest is not tried.
 * Only what nobody foresaw throws.
 */
export async function* syncTeams(
  database: Database,
  accounts: Accounts,
  names: string[],
  rules: SyncRules,
  options: SyncOptions,
): AsyncGenerator<TeamResult> {
  let failures = 0;
  let down: UpstreamError | undefined;
  for (const name of names) {
    if (down) {
      yield notRead(name, down);
      continue;
    }
    try {
      yield await syncTeam(database, accounts, name, rules, options);
      failures = 0;
    } catch (error) {
      if (error instanceof HubError) {
        failures = 0;
        const outcome = error instanceof HeldBack ? 'held back' : 'refused';
        yield {
          name,
          outcome,
          sentence: error.message,
          retry: false,
          isUnknown: error instanceof UnknownGroup,
        };
      } else if (error instanceof UpstreamError) {
        failures += 1;
        if (error instanceof TicketError || failures === FAILURES_IN_A_ROW) down = error;
        yield notRead(name, error);
      } else throw error;
    }
  }
}

const notRead = (name: string, { message, retry }: UpstreamError): TeamResult => ({
  name,
  outcome: 'not read',
  sentence: message,
  retry,
});

/** The groups of all tied teams; those that were not read for the longest time come first. */
export async function listTied(database: Database): Promise<string[]> {
  const rows = await database.$queryRaw<{ name: string }[]>`
    SELECT hub.group_name::text AS "name" FROM hub LEFT JOIN group_reading reading ON reading.hub_id = hub.id
    WHERE hub.type = 'team' AND hub.group_name IS NOT NULL
    ORDER BY reading.read_at NULLS FIRST, hub.name`;
  return rows.map(({ name }) => name);
}
