// How many requests the web answered, how, and how fast.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, Histogram, type Registry } from 'prom-client';

const statuses = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Called once. Event streams are sse's, and the health port is nobody's page. */
export function countResponses(metrics: Registry, healthPort: number): void {
  const responses = new Counter({
    name: 'hubs_web_responses_total',
    help: 'Requests answered, by the class of the status; without event streams.',
    labelNames: ['status'],
    registers: [metrics],
  });
  for (const status of statuses) responses.inc({ status }, 0);
  const seconds = new Histogram({
    name: 'hubs_web_response_seconds',
    help: 'From the first byte of a request to the last of its answer; without event streams.',
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  const started = new WeakMap<IncomingMessage, number>();
  subscribe('http.server.request.start', (exchange) => {
    const { request } = exchange as Exchange;
    if (request.socket.localPort === healthPort || request.url?.startsWith('/sse')) return;
    started.set(request, performance.now());
  });
  subscribe('http.server.response.finish', (exchange) => {
    const { request, response } = exchange as Exchange;
    const startedAt = started.get(request);
    if (startedAt === undefined) return;
    seconds.observe((performance.now() - startedAt) / 1_000);
    responses.inc({ status: `${Math.floor(response.statusCode / 100)}xx` });
  });
}
