// Meetings as iCalendar (RFC 5545): each occurrence an event of its own, in UTC.
import ICAL from 'ical.js';
import type { Meeting } from '../upstreams/calendars/meeting.ts';

export interface OutputCalendar {
  name: string;
  /** What ids end in: the name of this Hubs on the network. */
  host: string;
  /** When the source was asked, milliseconds since 1970. */
  asOf: number;
  meetings: Meeting[];
}

// RFC 5545, 3.1: a line has at most 75 bytes; the library leaves out the space that a folded one begins with.
ICAL.foldLength = 74;

/** How often it is worth asking again. */
const REFRESH = 'PT1H';

export function writeIcal(calendar: OutputCalendar): string {
  const root = new ICAL.Component('vcalendar');
  const properties: [string, string][] = [
    ['version', '2.0'],
    ['prodid', '-//Hubs//Hubs//EN'],
    ['x-wr-calname', calendar.name],
    ['x-published-ttl', REFRESH],
  ];
  for (const [name, value] of properties) root.addPropertyWithValue(name, clean(value));
  for (const meeting of calendar.meetings) root.addSubcomponent(makeEvent(meeting, calendar));
  return `${root.toString()}\r\n`;
}

function makeEvent(meeting: Meeting, { host, asOf }: OutputCalendar): ICAL.Component {
  const { series, title, startsAt, endsAt, allDay, place, description, href } = meeting;
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', `${series}-${new Date(startsAt).toISOString()}@${host}`);
  event.addPropertyWithValue('dtstamp', toTime(asOf, false));
  event.addPropertyWithValue('dtstart', toTime(startsAt, allDay));
  event.addPropertyWithValue('dtend', toTime(endsAt, allDay));
  event.addPropertyWithValue('summary', clean(title));
  if (place) event.addPropertyWithValue('location', clean(place));
  if (description) event.addPropertyWithValue('description', clean(description));
  if (href) event.addPropertyWithValue('url', href);
  return event;
}

function toTime(moment: number, isDate: boolean): ICAL.Time {
  const time = ICAL.Time.fromJSDate(new Date(moment), true);
  time.isDate = isDate;
  return time;
}

/** Line ends are written as `\n` by the library; other control characters may not stand in a calendar. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
