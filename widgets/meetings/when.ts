// When a meeting is, in the reader's zone.
import type { Meeting } from '../../upstreams/calendars/meeting.ts';

type Times = Pick<Meeting, 'startsAt' | 'endsAt' | 'allDay'>;

/** "Thu 26 Nov, 17:00–18:00 CET"; of whole days "14 January – 2 February", in no zone. */
export function sayWhen({ startsAt, endsAt, allDay }: Times, zone: string): string {
  if (allDay) {
    const [first, last] = [sayDate(startsAt, 'UTC'), sayDate(endsAt - 1, 'UTC')];
    return first === last ? first : `${first} – ${last}`;
  }
  const [first, last] = [sayDate(startsAt, zone), sayDate(endsAt, zone)];
  const end = `${first === last || endsAt === startsAt ? '' : `${last}, `}${sayClock(endsAt, zone)}`;
  const span = endsAt === startsAt ? sayClock(startsAt, zone) : `${sayClock(startsAt, zone)}–${end}`;
  return `${first}, ${span} ${zoneName(startsAt, zone)}`;
}

/** "18:00", for a meeting that goes on. */
export const sayClock = (time: number, zone: string): string =>
  format(time, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const sayDate = (time: number, zone: string): string =>
  format(time, zone, { weekday: 'short', day: 'numeric', month: 'short' });

const zoneName = (time: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(time)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone;

const format = (time: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(time);

/** A place as a link where it is one: an address, or a Matrix room. */
export function placeLink(place: string): { words: string; href: string | null } {
  const room = /^(?:https:\/\/matrix\.to\/#\/)?([#!][^\s:/]+:[\w.-]+(?::\d+)?)$/.exec(decode(place))?.[1];
  if (room) return { words: room, href: `https://matrix.to/#/${encodeURIComponent(room)}` };
  const url = URL.parse(place);
  if (!url || !/^(https?|ircs?):$/.test(url.protocol)) return { words: place, href: null };
  return { words: place.replace(/^\w+:\/\/(www\.)?/, '').replace(/\/$/, ''), href: url.href };
}

function decode(place: string): string {
  try {
    return decodeURIComponent(place);
  } catch {
    return place; // a percent sign that encodes nothing
  }
}
