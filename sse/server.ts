// From hubs:notices to browsers. What it sends are ids of what changed, never content: the browser fetches that with
// its own rights.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectRedis } from '../bus/streams.ts';
import { sayWatched } from '../bus/watched.ts';
import { openDatabase, openPool, type Pool } from '../prisma/client.ts';
import type { Context, Running } from '../runtime/process.ts';
import { openBacklog } from './backlog.ts';
import { gatherClients } from './clients.ts';
import { away, gap, ping } from './event.ts';
import { followChanges } from './follow-changes.ts';
import { followNotices } from './follow-notices.ts';
import { makeGreeter } from './greet.ts';
import { recheckHub } from './recheck.ts';
import { readPosition } from './stream-id.ts';
import { type Desk, subscribe } from './subscribe.ts';
import { openTeller } from './teller.ts';

/** Each costs some 30 kB here and as much in the kernel, and a file descriptor. */
const CLIENTS_LIMIT = 5_000;
/** A peer that vanished without a word is asked after this silence whether it lives. */
const KEEP_ALIVE_MS = 30_000;
/** How long a stop waits for what is still being sent. */
const END_MS = 1_000;
const ANSWER_MS = 3_000;
/** What is watched is said with each ping; after that many it runs out. */
const WATCHED_PINGS = 3;

/**
 * Serves `GET /sse?hub=<id>` on 127.0.0.1; the web or the proxy in front relays it.
 * @returns also the port, for SSE_PORT may be 0
 * @throws an error with code EADDRINUSE when SSE_PORT is taken
 */
export async function startSse(
  { settings, log, metrics }: Context,
  clientsLimit = CLIENTS_LIMIT,
): Promise<Running & { port: number }> {
  const pool = openPool(settings.DATABASE_URL);
  const database = openDatabase(pool);
  const clients = gatherClients(metrics);
  const redis = connectRedis(settings.REDIS_URL, 'fail');
  /** What Redis is not there to hear is said again. */
  const watch = (hubs: Iterable<number>) => {
    if (redis.status === 'ready')
      sayWatched(redis, [...hubs], WATCHED_PINGS * settings.SSE_PING_MS).catch(() => undefined);
  };
  redis.on('ready', () => watch(clients.pages()));
  const backlog = openBacklog();
  const teller = openTeller({
    clients,
    backlog,
    recheck: (hub) => recheckHub({ database, settings, clients }, hub),
    position: () => readPosition(notices.position() ?? ''),
    log,
  });
  const notices = followNotices(settings.REDIS_URL, log, {
    hear: teller.hearNotices,
    lose: () => clients.sendAll(Buffer.from(away)),
    resume: ({ position, before, since }) => {
      backlog.begin(since, before);
      teller.forget();
      clients.sendAll(gap(position));
    },
  });
  const changes = followChanges(settings.DATABASE_DIRECT_URL, log, {
    hear: teller.hearChange,
    endSession: teller.endSession,
    // Roles and visibility are told by the stream, too; that a session ended is not.
    resume: () => {
      teller.forget();
      clients.sendAll(gap(notices.position()));
      clients.endSessions();
    },
  });
  const desk: Desk = {
    database,
    settings,
    clients,
    clientsLimit,
    changesHeard: teller.changesHeard,
    watch,
    greet: makeGreeter({ notices, backlog, teller, metrics }),
    log,
  };
  const server = createServer(
    { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
    (request, response) => void subscribe(request, response, desk),
  );
  server.listen(settings.SSE_PORT, '127.0.0.1');
  await once(server, 'listening');
  const pings = setInterval(() => {
    clients.cutSlow();
    clients.sendAll(ping(teller.isDeciding() ? null : notices.position()));
    watch(clients.pages());
  }, settings.SSE_PING_MS);

  return {
    port: (server.address() as AddressInfo).port,
    wrong: async () => [
      ...(notices.isHearing()
        ? []
        : ["Redis can't be reached (REDIS_URL); open pages are not told of news."]),
      ...(changes.isHearing()
        ? []
        : ['PostgreSQL is not heard (DATABASE_DIRECT_URL); open pages are not told of changes.']),
      ...(await databaseWrong(pool)),
    ],
    stop: async () => {
      clearInterval(pings);
      notices.stop();
      redis.disconnect();
      await changes.stop();
      clients.endAll();
      setTimeout(() => server.closeAllConnections(), END_MS).unref();
      server.close();
      await once(server, 'close');
      await pool.end();
    },
  };
}

async function databaseWrong(pool: Pool): Promise<string[]> {
  const late = AbortSignal.timeout(ANSWER_MS);
  try {
    await Promise.race([pool.query('SELECT 1'), once(late, 'abort').then(() => late.throwIfAborted())]);
    return [];
  } catch (error) {
    return [
      `PostgreSQL can't be reached (DATABASE_URL); no page can open a stream: ${(error as Error).message}.`,
    ];
  }
}
