import type { Task } from 'graphile-worker';
import type { Pool } from '../../prisma/client.ts';

/** The daily job: what nobody looked at for so long is loaded at its next view for its age alone. */
export const makeForgetLooksTask =
  (pool: Pool): Task =>
  async () => {
    await pool.query(`DELETE FROM loaded_value WHERE looked_at < now() - interval '30 days'`);
  };
