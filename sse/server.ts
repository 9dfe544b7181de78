// From hubs:notices to browsers. What it sends are ids of what changed, never content: the browser fetches that with
// its own rights.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectRedis, type Notice } from '../bus/streams.ts';
import { sayWatched } from '../bus/watched.ts';
import { openDatabase, openPool, type Pool } from '../prisma/client.ts';
import type { Context, Running } from '../runtime/process.ts';
import { type Clients, gatherClients } from './clients.ts';
import { away, gap, hello, noticeEvent, ping } from './event.ts';
import { followChanges } from './follow-changes.ts';
import { followNotices, type Heard } from './follow-notices.ts';
import { recheckHub } from './recheck.ts';
import { subscribe } from './subscribe.ts';

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
  const notices = followNotices(settings.REDIS_URL, log, {
    hear: (batch) => tell(clients, batch),
    lose: () => clients.sendAll(Buffer.from(away)),
    resume: (position) => clients.sendAll(gap(position)),
  });
  let changesHeard = 0;
  const desk = {
    database,
    settings,
    clients,
    clientsLimit,
    changesHeard: () => changesHeard,
    watch,
    greeting: () => hello(notices.position()) + (notices.isHearing() ? '' : away),
    log,
  };
  const changes = followChanges(settings.DATABASE_DIRECT_URL, log, {
    hear: (notice) => void hearChange(notice),
    endSession: (session) => {
      changesHeard += 1;
      clients.endSession(session);
    },
    resume: () => clients.sendAll(gap(notices.position())),
  });
  /** Who may hear is decided before anybody is told. */
  async function hearChange(notice: Notice): Promise<void> {
    changesHeard += 1;
    try {
      if (['role', 'hub'].includes(notice.what))
        await recheckHub({ database, settings, clients }, notice.hub);
      tell(clients, [{ id: null, notice }]);
    } catch (error) {
      log.warn({ err: error }, 'rights could not be checked: the streams of the hub end, and come back');
      for (const { response } of clients.listeners(notice.hub)) response.end();
    }
  }
  const server = createServer(
    { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
    (request, response) => void subscribe(request, response, desk),
  );
  server.listen(settings.SSE_PORT, '127.0.0.1');
  await once(server, 'listening');
  const pings = setInterval(() => {
    clients.cutSlow();
    clients.sendAll(ping(notices.position()));
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

/**
 * Notices that say the same become one, the newest: a burst in one hub makes its pages fetch once. Serialised once,
 * sent to many, to each what they may hear.
 */
function tell(clients: Clients, batch: Heard[]): void {
  const news = new Map<string, Heard>();
  for (const heard of batch) {
    const saying = JSON.stringify(heard.notice);
    news.delete(saying);
    news.set(saying, heard);
  }
  clients.cutSlow();
  for (const heard of news.values())
    clients.send(heard.notice.hub, heard.notice.audience, noticeEvent(heard));
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
