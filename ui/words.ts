// Times and numbers in words.
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** A span without its direction: "40 s", "2 min", "3 h", "5 days", "3 months". */
export function sayDuration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(1, Math.round(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 14 * DAY) return plural(Math.floor(ms / DAY), 'day');
  if (ms < 60 * DAY) return plural(Math.floor(ms / (7 * DAY)), 'week');
  if (ms < 730 * DAY) return plural(Math.floor(ms / (30.44 * DAY)), 'month');
  return plural(Math.floor(ms / (365.25 * DAY)), 'year');
}

/** "just now" up to 10 s (and for clocks that are ahead), then "20 s ago" in tens, "2 min ago", ... */
export function sayAge(time: number, now: number): string {
  const age = now - time;
  if (age < 10 * SECOND) return 'just now';
  return `${sayDuration(age < MINUTE ? age - (age % (10 * SECOND)) : age)} ago`;
}

/** "in 20 s"; what is due is "now". */
export const sayUntil = (time: number, now: number): string =>
  time - now < SECOND ? 'now' : `in ${sayDuration(time - now)}`;

/** "Today", "Yesterday", "Friday" within the last week, else "3 March" (with the year when it is another one). */
export function sayDay(time: number, now: number, timeZone: string): string {
  const days = dayNumber(now, timeZone) - dayNumber(time, timeZone);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sameYear = format(time, timeZone, { year: 'numeric' }) === format(now, timeZone, { year: 'numeric' });
  if (days < 7) return format(time, timeZone, { weekday: 'long' });
  return format(time, timeZone, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** The exact time, for tool-tips: "23 Nov 2026, 14:05 UTC". */
export const sayTime = (time: number, timeZone: string): string =>
  format(time, timeZone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });

/** Counts days so that neighbours in the calendar differ by one. */
export function dayNumber(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return Math.floor(time / DAY);
  const [year, month, day] = format(
    time,
    timeZone,
    { year: 'numeric', month: '2-digit', day: '2-digit' },
    'en-CA',
  )
    .split('-')
    .map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / DAY;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  time: number,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  locale = 'en-GB',
): string {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, made);
  return made.format(time);
}

/** "October 2004", in UTC. */
export const sayMonth = (time: number): string => format(time, 'UTC', { month: 'long', year: 'numeric' });
