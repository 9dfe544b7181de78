// The status that a page is answered with. Next lets a page set one only by throwing `notFound()`, and then renders
// what it shows in the browser alone: without JavaScript the page stays blank (vercel/next.js#62228).
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

declare global {
  var hubsResponses: AsyncLocalStorage<ServerResponse> | undefined;
}

/** From now on each request knows its response. Called once, before the server takes the first. */
export function followResponses(): void {
  const responses = new AsyncLocalStorage<ServerResponse>();
  globalThis.hubsResponses = responses;
  subscribe('http.server.request.start', (started) =>
    responses.enterWith((started as { response: ServerResponse }).response),
  );
}

/** Sets the status of the page that is being rendered; too late once its first bytes have left. */
export function answerWith(status: number): void {
  const response = globalThis.hubsResponses?.getStore();
  if (response && !response.headersSent) response.statusCode = status;
}
