// One memcached server, by memjs. After an error memjs mixes up answers (it keeps the half it has of one) and may leave
// what waited without an answer: here a connection that failed once is left, and every question has a deadline.
import { Client, Server } from 'memjs';

export interface Address {
  host: string;
  port: number;
}

/** The server does not answer; another one may. */
export class ServerAway extends Error {}

export interface MemcachedServer {
  /** `host:port`. */
  name: string;
  /** @throws {ServerAway} at once if it was away just now; what the server refuses is another error */
  ask<T>(question: (client: Client) => Promise<T>): Promise<T>;
  close(): void;
}

const DEADLINE_MS = 1_000;
/** So long after an error nobody waits for it. */
const AWAY_MS = 1_000;
/** memjs counts its questions in 32 bits and then breaks. */
const QUESTIONS = 2 ** 30;
/** Its own deadlines would leave old connections that answer later into new ones. */
const SETTINGS = { retries: 1, timeout: 3_600, keepAlive: true, logger: { log: () => undefined } };

/** @param say hears once that it went away, and that it is back */
export function openServer({ host, port }: Address, say: (sentence: string) => void): MemcachedServer {
  const name = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  let client: Client | null = null;
  let away: { until: number; reason: string } | null = null;

  const connect = () =>
    new Client([new Server(host, port, undefined, undefined, { ...SETTINGS })], { ...SETTINGS });

  /** Ends its connection; whoever still waits for an answer gets the error. */
  function leave(left: Client, error: Error): void {
    if (client === left) client = null;
    for (const server of left.servers) server.error(error);
  }

  function goAway(reason: string): ServerAway {
    if (!away) say(`memcached ${name} is away (${reason}); other servers take its place.`);
    away = { until: Date.now() + AWAY_MS, reason };
    return new ServerAway(`${name}: ${reason}`);
  }

  return {
    name,
    async ask(question) {
      if (away && Date.now() < away.until) throw new ServerAway(`${name}: ${away.reason}`);
      if (client && client.seq > QUESTIONS) leave(client, new Error('starts anew'));
      client ??= connect();
      const asked = client;
      const deadline = startDeadline();
      try {
        const answer = await Promise.race([question(asked), deadline.passed]);
        if (away) say(`memcached ${name} is back.`);
        away = null;
        return answer;
      } catch (error) {
        if (isRefusal(error)) throw error;
        leave(asked, error as Error);
        throw goAway((error as Error).message);
      } finally {
        deadline.end();
      }
    },
    close() {
      if (client) leave(client, new Error('closed'));
    },
  };
}

/** What the server said, such as "MemJS SET: Value too large". */
const isRefusal = (error: unknown) => /^MemJS [A-Z]+: /.test((error as Error).message);

function startDeadline(): { passed: Promise<never>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    const pass = () => reject(new Error(`no answer within ${DEADLINE_MS} ms`));
    // Where this process itself was busy that long, the answer lies there and is read first.
    timer = setTimeout(() => setImmediate(pass), DEADLINE_MS);
  });
  passed.catch(() => undefined); // nobody may wait for it any more
  return { passed, end: () => clearTimeout(timer) };
}
