// The job `check-ledger`, each hour: what the archive has against what Hubs heard.
import type { Task } from 'graphile-worker';
import { checkLedger } from '../../ledger/check.ts';
import { forgetOldCounts } from '../../ledger/counts.ts';
import type { Pool } from '../../prisma/client.ts';
import type { Context } from '../../runtime/process.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';

export const makeCheckLedgerTask =
  ({ settings, log }: Pick<Context, 'settings' | 'log'>, pool: Pool): Task =>
  async (_payload, { abortSignal }) => {
    await forgetOldCounts(pool);
    try {
      await checkLedger({ settings, log, pool }, abortSignal ? { signal: abortSignal } : {});
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      log.warn(
        { err: error },
        'the archive could not be compared with the ledger; in an hour it is tried again',
      );
    }
  };
