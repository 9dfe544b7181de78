// What the bus says of groups and people is not taken for true: it asks for them to be read in the accounts system.
import { isRecord } from '../bus/bad-message.ts';
import type { Message } from '../bus/message.ts';
import type { Pool } from '../prisma/client.ts';

/** Messages about one group come in bursts: one reading a little later answers all of them. */
const LATER = "interval '5 seconds'";
/** The accounts system may be away for hours. */
const TRIES = 12;

const SQL = `
  SELECT graphile_worker.add_job('read-group', json_build_object('group', hub.group_name::text),
    job_key := 'read-group:' || lower(hub.group_name::text), job_key_mode := 'preserve_run_at',
    run_at := now() + ${LATER}, max_attempts := ${TRIES})
  FROM hub WHERE hub.type = 'team' AND hub.group_name = ANY($1::citext[])
  UNION ALL
  SELECT graphile_worker.add_job('read-person', json_build_object('username', hub.name::text),
    job_key := 'read-person:' || lower(hub.name::text), job_key_mode := 'preserve_run_at',
    run_at := now() + ${LATER}, max_attempts := ${TRIES})
  FROM hub WHERE hub.type = 'user' AND hub.name = ANY($2::citext[])`;

/** One waiting job for each group that a hub is tied to, and for each person with a hub. */
export async function askForReadings(pool: Pool, messages: Message[]): Promise<void> {
  const subjects = messages.map(subjectOf).filter((subject) => subject !== null);
  const groups = subjects.flatMap(({ group }) => group ?? []);
  const people = subjects.flatMap(({ user }) => user ?? []);
  if (groups.length + people.length > 0) await pool.query(SQL, [groups, people]);
}

/** The group or person that a message of the accounts system is about; null for all other messages. */
export function subjectOf({ topic, category, body }: Message): { group?: string; user?: string } | null {
  if (category !== 'fas') return null;
  const [, what] = /\.fas\.(group|role|user)\./.exec(topic) ?? [];
  if (!what) return null;
  // Noggin puts everything below `msg`, and so do rows of the archive from before it.
  const message = isRecord(body.msg) ? body.msg : body;
  if (what === 'user') return withName('user', nameOf(message.user, 'username'));
  return withName('group', nameOf(message.group, 'name'));
}

const withName = (kind: 'group' | 'user', name: string | undefined) => (name ? { [kind]: name } : null);

/** `"ralph"`, or as it was until 2021 `{"username": "ralph"}`. */
function nameOf(value: unknown, field: string): string | undefined {
  const name = isRecord(value) ? value[field] : value;
  return typeof name === 'string' ? name : undefined;
}
