// Reading a group in the accounts system and bringing its team hub up to date with it.
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { promiseTeamBackfill } from './backfill.ts';
import { type Followed, type FollowOptions, followGroup, HeldBack } from './follow-group.ts';
import { HubError } from './hub-error.ts';

/** The first one of a cold database may take a while. */
export const TRANSACTION_MS = 60_000;

export interface SyncRules extends Pick<FollowOptions, 'baseUrl' | 'accountsIssuer'> {
  /** Fills the hub's feed (widgets/interests.ts). */
  refreshInterests(tx: Prisma.TransactionClient, hubId: number): Promise<void>;
}

export type SyncOptions = Pick<FollowOptions, 'how' | 'force' | 'dryRun'>;

/** The accounts system has no group of that name. */
export class UnknownGroup extends HubError {}

/**
 * Reads one group and does what follows, in one transaction. Why changes of a tied team wait is kept for site admins.
 * @throws {UnknownGroup} @throws {HeldBack} @throws {HubError} @throws {UpstreamError}
 */
export async function syncTeam(
  database: Database,
  accounts: Accounts,
  name: string,
  rules: SyncRules,
  options: SyncOptions,
): Promise<Followed> {
  const readAt = new Date();
  try {
    const group = await accounts.group(name);
    if (!group)
      throw new UnknownGroup(`The accounts have no group ${name}; nothing was changed.`, {
        code: 'not_found',
      });
    return await database.$transaction(
      async (tx) => {
        const { refreshInterests, baseUrl, accountsIssuer } = rules;
        const followed = await followGroup(tx, group, { ...options, baseUrl, accountsIssuer, readAt });
        const { hub, outcome } = followed;
        if (!hub || options.dryRun || outcome === 'unchanged') return followed;
        await refreshInterests(tx, hub.id);
        if (outcome !== 'changed') await promiseTeamBackfill(tx, hub.id);
        return followed;
      },
      { timeout: TRANSACTION_MS },
    );
  } catch (error) {
    if ((error instanceof HeldBack || error instanceof UnknownGroup) && !options.dryRun)
      await keepProblem(database, name, error.message);
    throw error;
  }
}

async function keepProblem(database: Database, groupName: string, problem: string): Promise<void> {
  const hub = await database.hub.findUnique({ where: { groupName }, select: { id: true } });
  if (!hub) return;
  const now = { problem, problemAt: new Date() };
  await database.groupReading.upsert({
    where: { hubId: hub.id },
    create: { hubId: hub.id, ...now },
    update: now,
  });
}
