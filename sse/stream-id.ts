// A client's place in hubs:notices: `<epoch>.<stream id>`, the id of the last event it heard.

/** An id of a Redis stream: when it was added, and which one it was in that millisecond. */
export interface StreamId {
  ms: number;
  seq: number;
}

export interface Position {
  epoch: string;
  id: StreamId;
}

/** @returns null where it is none */
export function readPosition(text: string): Position | null {
  const [, epoch, ms, seq] = /^([\w-]{1,100})\.(\d{1,16})-(\d{1,16})$/.exec(text) ?? [];
  return epoch ? { epoch, id: { ms: Number(ms), seq: Number(seq) } } : null;
}

/** @param text as Redis gives it, such as 1700000000000-0 */
export function readStreamId(text: string): StreamId {
  const [ms, seq] = text.split('-');
  return { ms: Number(ms), seq: Number(seq) };
}

export const isAfter = (a: StreamId, b: StreamId): boolean => a.ms > b.ms || (a.ms === b.ms && a.seq > b.seq);
