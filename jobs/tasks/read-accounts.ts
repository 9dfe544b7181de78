// Jobs that read the accounts system: all tied teams at night, and one group or person when something says it changed.
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { readPerson } from '../../hubs/read-person.ts';
import { withSyncLock } from '../../hubs/sync-lock.ts';
import { listTied, syncTeams, type TeamResult } from '../../hubs/sync-teams.ts';
import type { Context } from '../../runtime/process.ts';
import { hasAccounts, openAccounts } from '../../upstreams/accounts/open-accounts.ts';
import type { JobStores } from '../job-stores.ts';
import { syncRules } from '../sync-rules.ts';

const groupSchema = z.object({ group: z.string() });
const personSchema = z.object({ username: z.string() });

/** Who was here in the last 30 days is read again too: not every change of a person is said on the bus. */
const ASK_FOR_PEOPLE = `
  SELECT graphile_worker.add_job('read-person', json_build_object('username', username::text),
    job_key := 'read-person:' || lower(username::text), max_attempts := 12)
  FROM person WHERE EXISTS (
    SELECT FROM session WHERE person_id = person.id AND seen_at > now() - interval '30 days')`;

type Stores = Pick<JobStores, 'pool' | 'database'>;

export function makeAccountsTasks(
  { settings, log }: Context,
  { pool, database }: Stores,
): Record<'sync-teams' | 'read-group' | 'read-person', Task> {
  const rules = syncRules(settings);

  /** @throws when a group could not be read, so that it is tried again */
  async function sync(names: string[], signal: AbortSignal | undefined): Promise<void> {
    const accounts = await openAccounts(settings, { signal });
    if (!accounts) return;
    const failed: TeamResult[] = [];
    for await (const result of syncTeams(database, accounts, names, rules, { how: 'sync' })) {
      if (!('sentence' in result)) {
        for (const username of result.plan.strangers)
          log.warn({ team: result.name, username }, 'left out, for somebody else goes by that name here');
        continue;
      }
      log.warn({ team: result.name, outcome: result.outcome }, result.sentence);
      if (result.outcome === 'not read') failed.push(result);
    }
    if (failed.length > 0) throw new Error(`${failed.length} of ${names.length} groups could not be read`);
  }

  return {
    async 'sync-teams'(_payload, { abortSignal }) {
      if (!hasAccounts(settings)) return;
      const sayThatItWaits = () => {
        log.info('another sync of teams is running; this one is left out');
        return false;
      };
      await withSyncLock(pool, sayThatItWaits, async () => {
        await pool.query(ASK_FOR_PEOPLE);
        await sync(await listTied(database), abortSignal);
      });
    },
    async 'read-group'(payload, { abortSignal }) {
      await sync([groupSchema.parse(payload).group], abortSignal);
    },
    async 'read-person'(payload, { abortSignal }) {
      const accounts = await openAccounts(settings, { signal: abortSignal });
      const { username } = personSchema.parse(payload);
      if (accounts) await readPerson(database, accounts, username, rules.accountsIssuer);
    },
  };
}
