// Times of day in a sentence, such as "every Tuesday at 14:00 UTC", in the reader's own time.

export type Piece = { text: string } | { text: string; minutes: number };

const pattern = /\b([01]?\d|2[0-3])[:.]?([0-5]\d)[\s\u00a0]*(?:UTC|GMT)\b/g;

/** The sentence in pieces; a piece that is a time has its minutes after midnight, UTC. */
export function findTimes(sentence: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of sentence.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: sentence.slice(end, match.index) });
    pieces.push({ text: match[0], minutes: Number(match[1]) * 60 + Number(match[2]) });
    end = match.index + match[0].length;
  }
  if (end < sentence.length) pieces.push({ text: sentence.slice(end) });
  return pieces;
}

const days = { '-1': ', the day before', '0': '', '1': ', the day after' } as const;

/**
 * "10:00 your time", as it is today in that zone; with the day where it is another one. Null where it is the same time.
 * @param now which day decides about summer time
 */
export function sayLocal(minutes: number, zone: string, now: number): string | null {
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  const time = midnight + minutes * 60_000;
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(time);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const ahead = aheadOf(Number(part('day')), time);
  if (ahead === 0 && Number(part('hour')) * 60 + Number(part('minute')) === minutes) return null;
  return `${part('hour')}:${part('minute')} your time${days[ahead]}`;
}

/** No zone is a whole day away: the day of the month is the same one, or that of a neighbour. */
function aheadOf(day: number, time: number): -1 | 0 | 1 {
  if (day === new Date(time).getUTCDate()) return 0;
  return day === new Date(time + 86_400_000).getUTCDate() ? 1 : -1;
}
