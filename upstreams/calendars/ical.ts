// A calendar at an address of the web, as iCalendar.
import { type FetchOptions, fetchBytes } from '../fetch.ts';
import { UpstreamError } from '../upstream-error.ts';
import { spanAround } from './meeting.ts';
import { type Calendar, readCalendar } from './read-ical.ts';

const LIMIT_BYTES = 2_000_000;

/**
 * The meetings of the calendar, from 30 days ago to 180 days ahead.
 * @throws {Unchanged} (fetch.ts)
 * @throws {UpstreamError}
 */
export async function icalMeetings(
  address: string,
  { now, ...options }: { now: number } & Pick<FetchOptions, 'signal' | 'exchange' | 'guard' | 'mayBePrivate'>,
): Promise<Calendar> {
  const { bytes } = await fetchBytes(address, { ...options, limitBytes: LIMIT_BYTES });
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  const { host } = new URL(address);
  if (!/^BEGIN:VCALENDAR\b/i.test(text.trimStart()))
    throw new UpstreamError(`${host} answered with something that is not a calendar.`, { retry: true });
  try {
    return readCalendar(text.trimStart(), spanAround(now));
  } catch (cause) {
    const late = (cause as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw new UpstreamError(
      late
        ? `The calendar at ${host} repeats meetings in a way that takes too long to work out.`
        : `The calendar at ${host} can’t be read: it is not as iCalendar files are.`,
      { retry: false, cause },
    );
  }
}
