// The browsers that listen now, and for which hubs. Whichever way one goes, its response closes, and it is forgotten.
import type { ServerResponse } from 'node:http';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Notice } from '../bus/streams.ts';
import type { Rights } from './rights.ts';

/** A client that has this much unsent is cut: it connects again and fetches what it missed. */
const UNSENT_BYTES = 64 * 1024;
/** What a client that comes back is sent at once leaves room for what happens next; one that missed more reads anew. */
export const REPLAY_BYTES = UNSENT_BYTES / 2;

export interface Client {
  response: ServerResponse;
  /** The session's secret, empty for a visitor. */
  token: string;
  rights: Rights;
  /** The hub whose page is open; the stream may carry notices of others, too. */
  page: number;
}

export interface Clients {
  readonly count: number;
  add(client: Client): void;
  /** Hubs whose page somebody has open. */
  pages(): Set<number>;
  /** Sends to those who listen to the hub and may hear what is for this audience. */
  send(hub: number, audience: Notice['audience'], chunk: Buffer): void;
  /** Whether anybody listens to the hub. */
  isHeard(hub: number): boolean;
  /** Those who listen to the hub, with the secret they came with. */
  listeners(hub: number): Client[];
  /** Ends the streams of a session. */
  endSession(session: number): void;
  /** Ends the streams of all who are signed in: they come back, and it is asked anew who they are. */
  endSessions(): void;
  sendAll(chunk: Buffer): void;
  /** Cuts those who don't keep up. Ask before a batch, not within: what one tick wrote can't have gone out yet. */
  cutSlow(): void;
  /** Ends every stream in good order. */
  endAll(): void;
}

export function gatherClients(metrics: Registry): Clients {
  const all = new Set<Client>();
  const byHub = new Map<number, Set<Client>>();
  const { sent, cut } = countClients(metrics, all, byHub);

  function forget(client: Client, hubs: number[]): void {
    all.delete(client);
    for (const hub of hubs) {
      const listeners = byHub.get(hub);
      listeners?.delete(client);
      if (listeners?.size === 0) byHub.delete(hub);
    }
  }

  return {
    get count() {
      return all.size;
    },
    add(client) {
      const { response, rights } = client;
      const hubs = [...rights.hears.keys()];
      all.add(client);
      for (const hub of hubs) {
        const listeners = byHub.get(hub) ?? new Set();
        byHub.set(hub, listeners.add(client));
      }
      response.on('close', () => forget(client, hubs));
      response.on('error', () => response.destroy());
    },
    pages: () => new Set([...all].map(({ page }) => page)),
    send(hub, audience, chunk) {
      for (const { response, rights } of byHub.get(hub) ?? []) {
        if (!rights.hears.get(hub)?.has(audience)) continue;
        response.write(chunk);
        sent.inc();
      }
    },
    isHeard: (hub) => byHub.has(hub),
    listeners: (hub) => [...(byHub.get(hub) ?? [])],
    endSession(session) {
      for (const { response, rights } of all) if (rights.session === session) response.end();
    },
    endSessions() {
      for (const { response, rights } of all) if (rights.session !== null) response.end();
    },
    sendAll(chunk) {
      for (const { response } of all) response.write(chunk);
    },
    cutSlow() {
      for (const { response } of all) {
        if (response.writableLength <= UNSENT_BYTES) continue;
        cut.inc();
        response.destroy();
      }
    },
    endAll() {
      for (const { response } of all) response.end();
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
