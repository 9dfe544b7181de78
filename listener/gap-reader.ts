// Which open gap is read when: each at once up to now, and once more when what came late has reached the archive.
import type { ClientBase } from 'pg';
import {
  giveUpOld,
  loseGaps,
  noteProblem,
  noteRead,
  OLDEST_MS,
  type OpenGap,
  readOpenGaps,
} from '../ledger/gaps.ts';
import type { Log } from '../runtime/log.ts';
import { type Archive, type Pace, type Reading, readGap } from './catch-up.ts';

const LONGEST_PAUSE_MS = 300_000;

export interface GapReader {
  /** Notes what was read since, and begins what is due. */
  goOn(client: ClientBase): Promise<void>;
  /** Those read to their end, as long as they do not grow, and the others. */
  sort(gaps: OpenGap[]): { read: OpenGap[]; unread: OpenGap[] };
  /** It is closed. @returns how many messages were found that were not noted yet */
  forget(gap: OpenGap): number;
  /** Reads no further, and forgets what it knew. */
  stop(): Promise<void>;
  wrong(): string[];
}

type End = { isLast: boolean } | { problem: string };

/** A gap that grows is another one. */
const keyOf = ({ id, toMs }: OpenGap) => `${id} ${toMs}`;

export function openGapReader(archive: Archive | null, log: Log, pace: Pace): GapReader {
  let current: { reading: Reading; end: End | null } | null = null;
  let failures = 0;
  let problem: string | null = null;
  const read = new Set<string>();
  const dueMs = new Map<string, number>();
  /** By gap, messages that only the archive had and that are not noted yet; a gap that grows keeps them. */
  const found = new Map<number, number>();

  function takeFound({ id }: OpenGap): number {
    const taken = found.get(id) ?? 0;
    found.delete(id);
    return taken;
  }

  function begin(from: Archive, gap: OpenGap): void {
    const onFound = () => void found.set(gap.id, (found.get(gap.id) ?? 0) + 1);
    const reading = readGap(from, gap, pace, onFound);
    const mine: { reading: Reading; end: End | null } = { reading, end: null };
    current = mine;
    reading.done.then(
      (isLast) => {
        mine.end = { isLast };
      },
      (error: Error) => {
        mine.end = { problem: error.message };
      },
    );
  }

  async function note(
    client: ClientBase,
    { reading, end }: { reading: Reading; end: End | null },
  ): Promise<void> {
    const { gap } = reading;
    await noteRead(client, gap.id, { readUntilMs: reading.readUntilMs(), found: takeFound(gap) });
    if (!end) return;
    current = null;
    if ('problem' in end) {
      const pauseMs = Math.min(pace.retryMs * 2 ** failures, LONGEST_PAUSE_MS);
      failures += 1;
      dueMs.set(keyOf(gap), Date.now() + pauseMs);
      if (end.problem !== problem)
        log.warn({ gap: gap.id, from: new Date(gap.fromMs), to: new Date(gap.toMs) }, end.problem);
      problem = end.problem;
      return noteProblem(client, gap.id, end.problem);
    }
    failures = 0;
    problem = null;
    if (end.isLast) read.add(keyOf(gap));
    else dueMs.set(keyOf(gap), gap.toMs + pace.lateMs);
  }

  async function nextDue(client: ClientBase): Promise<OpenGap | undefined> {
    const now = Date.now();
    const due = (await readOpenGaps(client)).find(
      (gap) => !read.has(keyOf(gap)) && (dueMs.get(keyOf(gap)) ?? 0) <= now,
    );
    if (!due) return undefined;
    const oldestMs = now - OLDEST_MS;
    if (Math.max(due.fromMs, due.readUntilMs) >= oldestMs) return due;
    return (await giveUpOld(client, due, oldestMs)) ?? undefined;
  }

  return {
    async goOn(client) {
      if (!archive) return loseGaps(client);
      if (current) await note(client, current);
      if (current) return;
      const gap = await nextDue(client);
      if (gap) begin(archive, gap);
    },
    sort: (gaps) => ({
      read: gaps.filter((gap) => read.has(keyOf(gap))),
      unread: gaps.filter((gap) => !read.has(keyOf(gap))),
    }),
    forget(gap) {
      read.delete(keyOf(gap));
      dueMs.delete(keyOf(gap));
      return takeFound(gap);
    },
    async stop() {
      const stopped = current;
      current = null;
      read.clear();
      dueMs.clear();
      found.clear();
      await stopped?.reading.stop();
    },
    wrong: () =>
      problem === null
        ? []
        : [
            `The archive (ARCHIVE_URL) does not tell what was missed: ${problem} It is asked again; live messages are taken.`,
          ],
  };
}
