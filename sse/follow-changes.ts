// Hears what PostgreSQL tells at a commit: notices of changes made in Hubs itself, and sessions that ended.
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { tracedNoticeSchema } from '../bus/streams.ts';
import { noticeChannel, sessionEndChannel } from '../hubs/changes.ts';
import type { Log } from '../runtime/log.ts';
import { type Heard, toHeard } from './follow-notices.ts';

const RETRY_MS = 500;
/** A server that vanished without a word is noticed after so long. */
const ASK_MS = 15_000;
const ANSWER_MS = 5_000;

export interface ChangeListener {
  hear(change: Heard): void;
  endSession(session: number): void;
  /** Changes may have been missed: PostgreSQL was away. Not called at the first connection. */
  resume(): void;
}

export interface ChangeFollower {
  isHearing(): boolean;
  stop(): Promise<void>;
}

function readChange(payload: string | undefined, log: Log): Heard[] {
  try {
    return [toHeard(null, tracedNoticeSchema.parse(JSON.parse(payload ?? '')))];
  } catch (error) {
    log.warn({ err: error }, 'skipped a notice from PostgreSQL that can not be read');
    return [];
  }
}

/** Listens until it is stopped. @param url a direct connection: LISTEN does not pass a pooler */
export function followChanges(url: string, log: Log, listener: ChangeListener): ChangeFollower {
  let stopped = false;
  let hearing = false;
  let heardBefore = false;
  let client: pg.Client | null = null;

  async function listen(): Promise<void> {
    const connection = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client = connection;
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    connection.on('error', (error) => log.warn({ err: error }, 'PostgreSQL is away: changes are not heard'));
    connection.on('notification', ({ channel, payload }) => {
      if (channel === sessionEndChannel) listener.endSession(Number(payload));
      else for (const change of readChange(payload, log)) listener.hear(change);
    });
    await connection.connect();
    await connection.query(`LISTEN ${noticeChannel}; LISTEN ${sessionEndChannel}`);
    hearing = true;
    if (heardBefore) listener.resume();
    heardBefore = true;
    const asking = setInterval(() => connection.query('SELECT').catch(() => connection.end()), ASK_MS);
    await ended.finally(() => clearInterval(asking));
  }

  async function follow(): Promise<void> {
    while (!stopped) {
      try {
        await listen();
      } catch (error) {
        if (hearing || !heardBefore)
          log.warn({ err: error }, 'PostgreSQL does not answer: changes are not heard');
        await client?.end().catch(() => undefined); // it is broken already
      }
      hearing = false;
      if (!stopped) await delay(RETRY_MS);
    }
  }
  const following = follow();

  return {
    isHearing: () => hearing,
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined); // it is broken already
      await following;
    },
  };
}
