// The private port every process has: /livez, /readyz, /metrics.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface Health {
  port: number;
  close(): Promise<void>;
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
  const server = createServer(async (request, response) => {
    if (request.url === '/livez') return response.end('alive\n');
    if (request.url === '/metrics') {
      response.setHeader('content-type', metrics.contentType);
      return response.end(await metrics.metrics());
    }
    if (request.url !== '/readyz')
      return response.writeHead(404).end('There are /livez, /readyz and /metrics.\n');
    const sentences = await wrong();
    return response.writeHead(sentences.length > 0 ? 503 : 200).end(`${sentences.join('\n') || 'ready'}\n`);
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
