// Meetings as iCalendar (RFC 5545): a series is one event with its rule in its zone, all else an event in UTC.
import ICAL from 'ical.js';
import type { Meeting, Schedule, Series } from '../upstreams/calendars/meeting.ts';

export interface OutputCalendar extends Schedule {
  name: string;
  /** What ids end in: the name of this Hubs on the network. */
  host: string;
  /** When the source was asked, milliseconds since 1970. */
  asOf: number;
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
  const zones = new Map(calendar.series.flatMap(({ zone }) => (zone ? [[zone.id, zone.text]] : [])));
  for (const text of zones.values()) root.addSubcomponent(new ICAL.Component(ICAL.parse(text)));
  for (const series of calendar.series)
    for (const event of makeSeries(series, calendar)) root.addSubcomponent(event);
  for (const meeting of calendar.meetings)
    if (meeting.repeats !== 'by-rule') root.addSubcomponent(makeMeeting(meeting, calendar));
  return `${root.toString()}\r\n`;
}

/** The ids of what may be moved say nothing of when it is, so that programs know it again. */
function makeMeeting(meeting: Meeting, { host, asOf }: OutputCalendar): ICAL.Component {
  const { series, startsAt, endsAt, allDay, repeats } = meeting;
  const which = repeats === 'no' ? series : `${series}-${new Date(startsAt).toISOString()}`;
  const event = makeEvent(`${which}@${host}`, asOf, meeting);
  event.addPropertyWithValue('dtstart', toTime(startsAt, allDay));
  event.addPropertyWithValue('dtend', toTime(endsAt, allDay));
  return event;
}

/** The event with the rule, and one for each occurrence that is otherwise. */
function makeSeries(series: Series, { host, asOf }: OutputCalendar): ICAL.Component[] {
  const uid = `${series.series}@${host}`;
  const add = (event: ICAL.Component, name: string, time: string) => {
    const property = new ICAL.Property(name);
    property.setValue(ICAL.Time.fromString(time, property));
    // Neither days nor times in UTC have a zone.
    if (series.zone && time.includes('T')) property.setParameter('tzid', series.zone.id);
    event.addProperty(property);
  };
  const whole = makeEvent(uid, asOf, series);
  add(whole, 'dtstart', series.start);
  add(whole, 'dtend', series.end);
  whole.addPropertyWithValue('rrule', ICAL.Recur.fromString(series.rule));
  for (const time of series.left) add(whole, 'exdate', time);
  const changed = series.changed.map((other) => {
    const event = makeEvent(uid, asOf, other);
    add(event, 'recurrence-id', other.instead);
    add(event, 'dtstart', other.start);
    add(event, 'dtend', other.end);
    return event;
  });
  return [whole, ...changed];
}

type Words = Pick<Meeting, 'title' | 'place' | 'description' | 'href'>;

function makeEvent(uid: string, asOf: number, { title, place, description, href }: Words): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', uid);
  event.addPropertyWithValue('dtstamp', toTime(asOf, false));
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
