// The private port every process has: /livez, /readyz, /metrics.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

/** All that the port answers to. */
export const healthPaths = ['/livez', '/readyz', '/metrics'] as const;

export interface Health {
  port: number;
  close(): Promise<void>;
}

/** Whoever asks has a deadline, too. */
const ANSWER_MS = 4_000;

/** What is wrong, or that a store keeps the answer to it waiting. */
async function inTime(wrong: Promise<string[]>): Promise<string[]> {
  const late = wait(ANSWER_MS, ['A store does not answer.'], { ref: false });
  return Promise.race([wrong.catch((error: Error) => [error.message]), late]);
}

/**
 * Serves liveness, readiness and metrics on 127.0.0.1.
 * @param wrong what keeps the process from its work, a sentence each; ready when there is none
 * @throws an error with code EADDRINUSE when the port is taken
 */
export async function openHealth(
  port: number,
  metrics: Registry,
  wrong: () => Promise<string[]>,
): Promise<Health> {
  new Gauge({
    name: 'hubs_ready',
    help: '1 while nothing keeps the process from its work, as /readyz says it.',
    registers: [metrics],
    async collect() {
      this.set((await inTime(wrong())).length > 0 ? 0 : 1);
    },
  });
  const answers: Record<(typeof healthPaths)[number], (response: ServerResponse) => unknown> = {
    '/livez': (response) => response.end('alive\n'),
    '/metrics': async (response) => {
      response.setHeader('content-type', metrics.contentType);
      response.end(await metrics.metrics());
    },
    '/readyz': async (response) => {
      const sentences = await inTime(wrong());
      response.writeHead(sentences.length > 0 ? 503 : 200).end(`${sentences.join('\n') || 'ready'}\n`);
    },
  };
  const server = createServer(async (request, response) => {
    const path = healthPaths.find((one) => one === request.url);
    if (!path) return response.writeHead(404).end('There are /livez, /readyz and /metrics.\n');
    try {
      await answers[path](response);
    } catch (error) {
      response.writeHead(503).end(`${(error as Error).message}\n`);
    }
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
