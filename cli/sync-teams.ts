// `hubs fas create-team` and `hubs fas sync-teams`.
import { hubPath } from '../hubs/find-hub.ts';
import { withSyncLock } from '../hubs/sync-lock.ts';
import type { SyncOptions } from '../hubs/sync-team.ts';
import { listTied, syncTeams, type TeamResult } from '../hubs/sync-teams.ts';
import { syncRules } from '../jobs/sync-rules.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { UpstreamError } from '../upstreams/upstream-error.ts';
import { isProblem, sayDone, sayProblem, toJson } from './describe-sync.ts';
import { exitStatus } from './exit-status.ts';
import { nearNames } from './near-names.ts';
import type { Output } from './output.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** Makes the hubs of these groups; each is there for good before the next one. @returns the exit status */
export async function createTeams(out: Output, names: string[], how: 'make' | 'adopt'): Promise<number> {
  const workspace = await openWorkspace();
  try {
    return await run(out, workspace, names, { how }, async (result) => {
      if (result.outcome === 'made' || result.outcome === 'adopted') await fillFeed(workspace, result);
      if (result.outcome !== 'refused' || !result.isUnknown) return result;
      return { ...result, sentence: await describeUnknown(workspace.accounts, result.name) };
    });
  } finally {
    await workspace.close();
  }
}

/** Brings tied teams up to date, all where none is named. @returns the exit status */
export async function syncTiedTeams(
  out: Output,
  names: string[],
  { force = false, dryRun = false }: { force?: boolean; dryRun?: boolean },
): Promise<number> {
  const workspace = await openWorkspace();
  const options = { how: 'sync' as const, force, dryRun };
  const work = async () =>
    run(out, workspace, names.length > 0 ? names : await listTied(workspace.database), options);
  const sayThatItWaits = () => {
    console.error('Another sync of teams is running; this one waits for it.');
    return true;
  };
  try {
    return dryRun
      ? await work()
      : ((await withSyncLock(workspace.pool, sayThatItWaits, work)) ?? exitStatus.later);
  } finally {
    await workspace.close();
  }
}

async function run(
  out: Output,
  { database, accounts, settings }: Workspace,
  names: string[],
  options: SyncOptions,
  finish: (result: TeamResult) => Promise<TeamResult> = async (result) => result,
): Promise<number> {
  const results: TeamResult[] = [];
  const progress = out.progress(
    () => `${results.length} of ${names.length} teams, now ${names[results.length] ?? 'the last'} …`,
  );
  const base = settings.BASE_URL.replace(/\/+$/, '');
  const addressOf = (result: TeamResult) =>
    'hub' in result && result.hub ? base + hubPath(result.hub) : null;
  try {
    for await (const synced of syncTeams(database, accounts, names, syncRules(settings), options)) {
      const result = await finish(synced);
      results.push(result);
      progress.clear();
      if (isProblem(result)) console.error(sayProblem(result));
      else if (result.doubt) console.error(`${result.name}: would be held back. ${result.doubt}`);
      if (!isProblem(result)) for (const line of sayDone(result, addressOf(result), options)) out.say(line);
    }
  } finally {
    progress.end();
  }
  out.answer(
    results.map((result) => toJson(result, addressOf(result))),
    [],
  );
  return statusOf(results);
}

function statusOf(results: TeamResult[]): number {
  const problems = results.filter(isProblem);
  if (results.some((result) => !isProblem(result) && result.doubt)) return exitStatus.wrong;
  if (problems.length === 0) return 0;
  return problems.every(({ retry }) => retry) ? exitStatus.later : exitStatus.wrong;
}

/** What came last stands in the feed at once; a job fetches the rest. */
async function fillFeed(
  { settings, database, pool }: Workspace,
  { hub }: Extract<TeamResult, { hub: unknown }>,
): Promise<void> {
  if (!settings.ARCHIVE_URL || !hub) return;
  const { openFeeds } = await import('../feeds/open-feeds.ts');
  const { backfillAtOnce } = await import('../jobs/tasks/backfill-team.ts');
  const { pino } = await import('pino');
  const feeds = openFeeds(settings, pool);
  try {
    await backfillAtOnce({ settings, log: pino({ level: 'silent' }) }, { database, pool, feeds }, hub);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    console.error(`${hub.name}: its feed is filled later. ${error.message}`);
  } finally {
    await feeds.close();
  }
}

async function describeUnknown(accounts: Accounts, name: string): Promise<string> {
  const names = await accounts.groupNames();
  const near = nearNames(name, names);
  const few = names.length > 20 ? `there are ${names.length} others.` : `there are ${names.join(', ')}.`;
  return `The accounts have no group ${name}; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : few}`;
}
