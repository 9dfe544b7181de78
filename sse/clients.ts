// The browsers that listen now, and for which hubs. Whichever way one goes, its response closes, and it is forgotten.
import type { ServerResponse } from 'node:http';
import { Counter, Gauge, type Registry } from 'prom-client';

/** A client that has this much unsent is cut: it connects again and fetches what it missed. */
const UNSENT_BYTES = 64 * 1024;

export interface Clients {
  readonly count: number;
  add(response: ServerResponse, hubs: number[]): void;
  /** Sends to those who listen to the hub. */
  send(hub: number, chunk: Buffer): void;
  sendAll(chunk: Buffer): void;
  /** Cuts those who don't keep up. Ask before a batch, not within: what one tick wrote can't have gone out yet. */
  cutSlow(): void;
  /** Ends every stream in good order. */
  endAll(): void;
}

export function gatherClients(metrics: Registry): Clients {
  const all = new Set<ServerResponse>();
  const byHub = new Map<number, Set<ServerResponse>>();
  const { sent, cut } = countClients(metrics, all, byHub);

  function forget(response: ServerResponse, hubs: number[]): void {
    all.delete(response);
    for (const hub of hubs) {
      const listeners = byHub.get(hub);
      listeners?.delete(response);
      if (listeners?.size === 0) byHub.delete(hub);
    }
  }

  return {
    get count() {
      return all.size;
    },
    add(response, hubs) {
      all.add(response);
      for (const hub of hubs) {
        const listeners = byHub.get(hub) ?? new Set();
        byHub.set(hub, listeners.add(response));
      }
      response.on('close', () => forget(response, hubs));
      response.on('error', () => response.destroy());
    },
    send(hub, chunk) {
      const listeners = byHub.get(hub);
      if (!listeners) return;
      for (const response of listeners) response.write(chunk);
      sent.inc(listeners.size);
    },
    sendAll(chunk) {
      for (const response of all) response.write(chunk);
    },
    cutSlow() {
      for (const response of all) {
        if (response.writableLength <= UNSENT_BYTES) continue;
        cut.inc();
        response.destroy();
      }
    },
    endAll() {
      for (const response of all) response.end();
    },
  };
}

function countClients(metrics: Registry, all: Set<unknown>, byHub: Map<number, unknown>) {
  const registers = [metrics];
  new Gauge({
    name: 'hubs_sse_connections',
    help: 'Browsers that listen now.',
    registers,
    collect() {
      this.set(all.size);
    },
  });
  new Gauge({
    name: 'hubs_sse_hubs',
    help: 'Hubs that somebody listens to now.',
    registers,
    collect() {
      this.set(byHub.size);
    },
  });
  return {
    sent: new Counter({
      name: 'hubs_sse_notices_sent_total',
      help: 'Notices written, one for each browser.',
      registers,
    }),
    cut: new Counter({
      name: 'hubs_sse_slow_clients_cut_total',
      help: 'Browsers that did not keep up and were cut.',
      registers,
    }),
  };
}
