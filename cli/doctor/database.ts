// What must be so in PostgreSQL beside its version: the schema, a session of one's own, room for connections.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { migrationStatus } from '../../prisma/migrate.ts';
import { defineCheck, judge, type Wrong } from './check.ts';
import { countProcesses } from './processes.ts';

export const migrations = defineCheck({
  name: 'migrations',
  needs: ['postgres'],
  async look({ settings }) {
    const { applied, pending, edited } = await migrationStatus(settings.DATABASE_DIRECT_URL);
    const wrong: Wrong[] = [];
    if (pending.length > 0)
      wrong.push({
        what: `Migrations wait: ${pending.join(', ')}.`,
        why: 'Hubs asks for tables and columns that are not there yet.',
        remedy: 'Run `hubs db migrate`.',
      });
    if (edited.length > 0)
      wrong.push({
        what: `Migrations were edited or removed after they were applied: ${edited.join(', ')}.`,
        why: 'The database is not what this version was written for; perhaps a newer one migrated it.',
        remedy:
          'Run the version that applied them, or restore the files; `hubs db check` tells what differs.',
      });
    return wrong.length > 0 ? wrong : `${applied.length} applied`;
  },
});

const HEARD_MS = 1_000;
const probeChannel = 'hubs_doctor';

/** LISTEN and what is set must last as long as the connection: behind a pooler by transactions they go to another's. */
export const directAddress = defineCheck({
  name: 'direct address',
  needs: ['postgres'],
  async look({ settings, postgres }) {
    const session = new pg.Client({ connectionString: settings.DATABASE_DIRECT_URL });
    session.on('error', () => undefined);
    await session.connect();
    try {
      const word = randomUUID();
      await session.query(`LISTEN ${probeChannel}`);
      await session.query(`SELECT set_config('hubs.doctor', $1, false)`, [word]);
      // While this one holds a connection of the server, a pooler gives the session another.
      await postgres.query('BEGIN');
      const { rows } = await session.query<{ kept: string | null }>(
        `SELECT current_setting('hubs.doctor', true) AS kept`,
      );
      await postgres.query('COMMIT');
      const heard = once(session, 'notification', { signal: AbortSignal.timeout(HEARD_MS) }).then(
        () => true,
        () => false,
      );
      await postgres.query('SELECT pg_notify($1, $2)', [probeChannel, word]);
      const isDirect = rows[0]?.kept === word && (await heard);
      return judge(
        isDirect ? null : 'DATABASE_DIRECT_URL leads through a pooler that does not keep sessions.',
        settings.DATABASE_DIRECT_URL === settings.DATABASE_URL
          ? 'the same as DATABASE_URL'
          : 'keeps sessions',
        'LISTEN, locks and prepared statements are lost: pages hear of no change, jobs start late, migrations may overlap.',
        'Set DATABASE_DIRECT_URL to the server itself, or pool by sessions.',
      );
    } finally {
      await session.end();
    }
  },
});

/** Of one process, at most (docs/architecture.md). */
const CONNECTIONS = 5;

interface Room {
  most: number;
  reserved: number;
  others: number;
  ofDatabase: number;
  ofRole: number;
}

export const connections = defineCheck({
  name: 'connections',
  needs: ['postgres', 'redis'],
  async look({ settings, postgres, redis, processes: given }) {
    const { rows } = await postgres.query<Room>(
      `SELECT current_setting('max_connections')::int AS most,
         current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
         (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname <> current_database()) AS others,
         (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS "ofDatabase",
         (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user) AS "ofRole"`,
    );
    const { most = 0, reserved = 0, others = 0, ofDatabase = -1, ofRole = -1 } = rows[0] ?? {};
    const limits = [most - reserved - others, ofDatabase, ofRole].filter((limit) => limit >= 0);
    const room = Math.min(...limits);
    const running = await countProcesses(redis);
    const processes = given ?? running.all;
    const isPooled = settings.DATABASE_URL !== settings.DATABASE_DIRECT_URL;
    // Behind a pooler only jobs come to the server itself, and sse to listen.
    const needed =
      isPooled && given === undefined ? CONNECTIONS * running.workers + 1 : CONNECTIONS * processes;
    return judge(
      needed <= room
        ? null
        : `${processes} processes may need ${needed} connections; PostgreSQL has room for ${room} (max_connections ${most}, ${reserved} reserved, ${others} in use by other databases${ofDatabase >= 0 ? `, ${ofDatabase} for this database` : ''}${ofRole >= 0 ? `, ${ofRole} for this role` : ''}).`,
      `${needed} of ${room} for ${processes} processes`,
      'The last processes to start, or to be busy, are refused connections; pages answer 503 and jobs wait.',
      'Raise max_connections or the limit, run fewer processes, or set DATABASE_URL to a pooler.',
    );
  },
});
