// A process of its own: somebody outside, who has teams' pages open and reads a feed anew whenever a stream says that
// something new is in it, and all of a stream's when it says, or by breaking shows, that something may have been missed.
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answerParent, now } from '../pipeline/helper.ts';

/** Hubs that one stream carries, and where their feeds are read. */
export interface Followed {
  streamUrl: string;
  hubs: { hub: number; feedUrl: string }[];
}

/** A message in a feed. */
export interface Found {
  hub: number;
  number: number;
}

export interface Told {
  notices: number;
  gaps: number;
  /** Streams that broke. */
  breaks: number;
  /** Feeds that were read. */
  reads: number;
}

/** A browser's wait before it connects again, as the stream's first line asks for. */
const RECONNECT_MS = 2_000;
const READ_AGAIN_MS = 500;
const DEADLINE_MS = 20_000;
const READERS = 4;

const feedUrls = new Map<number, string>();
const seen = new Map<string, Found & { at: number }>();
const told: Told = { notices: 0, gaps: 0, breaks: 0, reads: 0 };
/** Hubs to read, in the order they were told of. */
const due = new Set<number>();
let reading = 0;

/** The numbers of the messages in a feed; one that stands there twice comes twice. */
async function readFeed(hub: number): Promise<number[]> {
  const response = await fetch(feedUrls.get(hub) ?? '', { signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const { items } = (await response.json()) as { items: { content_html: string }[] };
  const texts = items.map((item) => item.content_html);
  return texts.flatMap((text) => [...text.matchAll(/\bThe (\d+)th thing/g)].map((match) => Number(match[1])));
}

async function readDue(): Promise<void> {
  reading += 1;
  for (const hub of due) {
    due.delete(hub);
    try {
      for (const number of await readFeed(hub)) {
        const key = `${hub} ${number}`;
        if (!seen.has(key)) seen.set(key, { hub, number, at: now() });
      }
      told.reads += 1;
    } catch {
      due.add(hub); // the web is away: as soon as it is back
      await pause(READ_AGAIN_MS);
    }
  }
  reading -= 1;
}

function readSoon(hubs: number[]): void {
  for (const hub of hubs) due.add(hub);
  if (reading < READERS) void readDue();
}

/** One connection, until it breaks. @returns the id of the last event heard */
async function hearOnce(url: string, hubs: number[], lastId: string): Promise<string> {
  let id = lastId;
  const headers = { accept: 'text/event-stream', ...(id && { 'last-event-id': id }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) {
    response.destroy();
    return id;
  }
  if (!id) readSoon(hubs); // who comes back is told what happened meanwhile
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      id = /^id: (.*)$/m.exec(block)?.[1] ?? id;
      hearEvent(/^event: (.*)$/m.exec(block)?.[1], /^data: (.*)$/m.exec(block)?.[1] ?? '{}', hubs);
    }
  }
  return id;
}

function hearEvent(event: string | undefined, data: string, hubs: number[]): void {
  if (event === 'gap') {
    told.gaps += 1;
    readSoon(hubs);
  }
  if (event !== 'notice') return;
  const { hub, what } = JSON.parse(data) as { hub: number; what: string };
  told.notices += 1;
  if (what === 'entry') readSoon([hub]);
}

async function follow({ streamUrl, hubs }: Followed): Promise<void> {
  const ids = hubs.map(({ hub }) => hub);
  for (const { hub, feedUrl } of hubs) feedUrls.set(hub, feedUrl);
  const query = ids.map((id) => `hub=${id}`).join('&');
  for (let lastId = ''; ; ) {
    lastId = await hearOnce(`${streamUrl}?${query}`, ids, lastId).catch(() => lastId); // it broke, which is what we are here for
    told.breaks += 1;
    await pause(RECONNECT_MS);
  }
}

/** All feeds as they are now, read from the start. */
async function readAll(): Promise<Found[]> {
  const found: Found[] = [];
  for (const hub of feedUrls.keys()) for (const number of await readFeed(hub)) found.push({ hub, number });
  return found;
}

answerParent({
  follow: (followed: Followed) => void follow(followed),
  isIdle: () => reading === 0,
  seen: () => [...seen.values()],
  told: () => told,
  readAll,
});
