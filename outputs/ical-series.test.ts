// From a calendar's file to the one Hubs writes: another parser finds in it what the widget shows.
import fc from 'fast-check';
import ical from 'node-ical';
import { expect, test } from 'vitest';
import { writeCalendar } from '../testing/write-calendar.ts';
import { spanAround } from '../upstreams/calendars/meeting.ts';
import { readCalendar } from '../upstreams/calendars/read-ical.ts';
import { writeIcal } from './ical.ts';

// Clocks change on 25 October in Europe and on 1 November in America; back in March.
const span = spanAround(Date.UTC(2026, 9, 12));

function write(text: string, asOf = Date.UTC(2026, 9, 12)) {
  const { meetings, series } = readCalendar(text, span);
  return {
    meetings,
    series,
    written: writeIcal({ name: 'design', host: 'hubs.test', asOf, meetings, series }),
  };
}

const iso = (moment: number | Date) => new Date(moment).toISOString().slice(0, 16);

/**
 * What another parser finds, as far as the span goes: when each begins and ends, and its title. To that one a meeting that
 * ends as the span begins belongs to it.
 */
function expand(text: string): string[] {
  const [from, to] = [new Date(span.from + 1), new Date(span.to - 1)];
  return Object.values(ical.sync.parseICS(text))
    .flatMap((event) =>
      event?.type === 'VEVENT' ? ical.expandRecurringEvent(event, { from, to, expandOngoing: true }) : [],
    )
    .map(({ start, end, summary }) => `${iso(start)} ${iso(end)} ${summary}`)
    .sort();
}

/** The same of what the widget gets. */
const shown = (meetings: ReturnType<typeof readCalendar>['meetings']) =>
  meetings.map(({ startsAt, endsAt, title }) => `${iso(startsAt)} ${iso(endsAt)} ${title}`).sort();

const uids = (text: string) => [...text.matchAll(/^UID:(.*)$/gm)].map(([, uid]) => uid?.trim());

const zoneFile = `BEGIN:VTIMEZONE
TZID:Romance Standard Time
X-SECRET:not for others
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`.replaceAll('\n', '\r\n');

test.each([
  ['in a zone that IANA knows', 'Europe/Paris', ''],
  ['in a zone that only mail programs call so', 'Romance Standard Time', zoneFile],
])('a weekly meeting %s keeps its hour there, as one event with its rule', (_, zone, definition) => {
  const text = writeCalendar(`UID:a
    SUMMARY:Weekly
    DTSTART;TZID=${zone}:20260901T170000
    DTEND;TZID=${zone}:20260901T180000
    RRULE:FREQ=WEEKLY`).replace('VERSION:2.0', `VERSION:2.0\r\n${definition}`);
  const { meetings, series, written } = write(text);
  expect(expand(written)).toEqual(shown(meetings));
  expect(expand(written)).toEqual(
    expect.arrayContaining([
      '2026-10-20T15:00 2026-10-20T16:00 Weekly',
      '2026-10-27T16:00 2026-10-27T17:00 Weekly',
    ]),
  );
  expect(uids(written)).toEqual([`${series[0]?.series}@hubs.test`]);
  expect(written).toContain(`DTSTART;TZID=${zone}:20260901T170000\r\n`);
  expect(written.match(/^BEGIN:VTIMEZONE\r\nTZID:(.*)$/gm)).toHaveLength(1);
  expect(written).not.toContain('SECRET');
});

test('what is left out, moved, renamed or cancelled is so in the series', () => {
  const { meetings, written } = write(
    writeCalendar(
      `UID:a
      SUMMARY:Weekly
      LOCATION:#design
      DTSTART;TZID=America/New_York:20261005T200000
      DURATION:PT1H30M
      EXDATE:20261020T000000Z
      RRULE:FREQ=WEEKLY;UNTIL=20261208T010000Z`,
      `UID:a
      SUMMARY:Weekly\\, later
      RECURRENCE-ID:20261103T010000Z
      DTSTART:20261104T150000Z
      DTEND:20261104T160000Z`,
      `UID:a
      STATUS:CANCELLED
      RECURRENCE-ID;TZID=America/New_York:20261123T200000
      DTSTART;TZID=America/New_York:20261123T200000`,
    ),
  );
  expect(meetings.map(({ startsAt }) => iso(startsAt).slice(5))).toEqual([
    ...['10-06T00:00', '10-13T00:00', '10-27T00:00', '11-04T15:00'],
    ...['11-10T01:00', '11-17T01:00', '12-01T01:00', '12-08T01:00'],
  ]);
  expect(expand(written)).toEqual(shown(meetings));
  expect(new Set(uids(written)).size).toBe(1);
  for (const line of [
    'EXDATE;TZID=America/New_York:20261019T200000',
    'EXDATE;TZID=America/New_York:20261123T200000',
    'RECURRENCE-ID;TZID=America/New_York:20261102T200000',
    'RRULE:FREQ=WEEKLY;UNTIL=20261208T010000Z',
  ])
    expect(written).toContain(`${line}\r\n`);
});

test('whole days, UTC and counted repetitions are handed on as they are', () => {
  const { meetings, series, written } = write(
    writeCalendar(
      `UID:days
      SUMMARY:Sprint
      DTSTART;VALUE=DATE:20261001
      DTEND;VALUE=DATE:20261003
      EXDATE;VALUE=DATE:20261101
      RRULE:FREQ=MONTHLY;UNTIL=20270101`,
      `UID:utc
      SUMMARY:Triage
      DTSTART:20261013T120000Z
      DTEND:20261013T123000Z
      RRULE:FREQ=DAILY;COUNT=3`,
    ),
  );
  expect(series).toHaveLength(2);
  expect(written).not.toContain('TZID');
  expect(written).toContain('DTSTART;VALUE=DATE:20261001\r\n');
  expect(written).toContain('EXDATE;VALUE=DATE:20261101\r\n');
  expect(written).toContain('DTSTART:20261013T120000Z\r\n');
  const timed = (lines: string[]) => lines.filter((line) => line.includes('Triage'));
  expect(timed(expand(written))).toEqual(timed(shown(meetings)));
  expect(timed(shown(meetings))).toHaveLength(3);
  expect(meetings.filter(({ allDay }) => allDay).map(({ startsAt }) => iso(startsAt).slice(0, 10))).toEqual([
    '2026-10-01',
    '2026-12-01',
    '2027-01-01',
  ]);
});

test('a date beside the rule is an event of its own: not every program reads RDATE', () => {
  const { meetings, written } = write(
    writeCalendar(`UID:a
      SUMMARY:Weekly
      DTSTART;TZID=Europe/Paris:20261013T170000
      DTEND;TZID=Europe/Paris:20261013T180000
      RDATE;TZID=Europe/Paris:20261016T170000,20261020T170000
      RRULE:FREQ=WEEKLY;COUNT=2`),
  );
  expect(meetings.map(({ repeats }) => repeats)).toEqual(['by-rule', 'listed', 'by-rule']);
  expect(expand(written)).toEqual(shown(meetings));
  expect(uids(written)).toHaveLength(2);
});

test('who subscribed sees a change in the event they have: ids stay when a meeting is moved', () => {
  const at = (day: string, more = '') =>
    writeCalendar(`UID:a\nSUMMARY:Weekly\nDTSTART;TZID=Europe/Paris:202610${day}T170000${more}`);
  const rule = '\nRRULE:FREQ=WEEKLY';
  expect(uids(write(at('13', rule)).written)).toEqual(uids(write(at('14', rule)).written));
  expect(uids(write(at('13')).written)).toEqual(uids(write(at('14')).written));
});

test('events that share an id, or have several rules, are written one by one', () => {
  const shared = ['13', '14'].map((day) => `UID:a\nDTSTART:202610${day}T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2`);
  const twice = `UID:b\nDTSTART:20261015T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;COUNT=2`;
  const { meetings, series, written } = write(writeCalendar(...shared, twice));
  expect(series).toEqual([]);
  expect(meetings.length).toBeGreaterThan(5);
  expect(new Set(uids(written)).size).toBe(meetings.length);
  expect(expand(written)).toEqual(shown(meetings));
});

test('what has no room as a series stays in its occurrences, the soonest go first', () => {
  const long = (name: string, day: number) =>
    `UID:${name}\nSUMMARY:${name}\nDESCRIPTION:${'ü'.repeat(1_000)}
    DTSTART:202611${String(day).padStart(2, '0')}T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2`;
  const many = Array.from({ length: 120 }, (_, index) => long(`Meeting ${index}`, 1 + (index % 28)));
  const { meetings, series, written } = write(writeCalendar(...many));
  expect(Buffer.byteLength(JSON.stringify(series))).toBeLessThanOrEqual(201_000);
  expect(series.length).toBeGreaterThan(60);
  expect(series.map(({ title }) => title)).toContain('Meeting 0');
  expect(meetings.at(-1)?.repeats).toBe('listed');
  expect(expand(written)).toEqual(shown(meetings));
});

const endsAsTheSpanBegins = {
  ...{ zone: 'Pacific/Auckland' as const, day: 10, hour: 11, every: 1, on: ['SA', 'SU'], count: 2 },
  ...{ left: [], moved: [] },
};

test('whatever the rhythm, the zone and what is left out, the other parser finds what the widget shows', () => {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  const made = fc.record({
    zone: fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
    day: fc.integer({ min: 10, max: 28 }),
    // Of hours that some night leaves out or repeats programs make different things.
    hour: fc.integer({ min: 4, max: 23 }),
    every: fc.integer({ min: 1, max: 3 }),
    on: fc.subarray(days, { minLength: 1 }),
    count: fc.integer({ min: 2, max: 40 }),
    left: fc.subarray([0, 1, 2, 3, 4, 5]),
    moved: fc.subarray([6, 7, 8]),
  });
  fc.assert(
    fc.property(made, ({ zone, day, hour, every, on, count, left, moved }) => {
      const clock = (date: string, hours: number) => `${date}T${String(hours).padStart(2, '0')}1500`;
      const date = new Date(Date.UTC(2026, 8, day));
      // The first occurrence is one that the rule brings.
      while (!on.includes(days[(date.getUTCDay() + 6) % 7] ?? '')) date.setUTCDate(date.getUTCDate() + 1);
      const first = date.toISOString().slice(0, 10).replaceAll('-', '');
      const rule = `RRULE:FREQ=WEEKLY;INTERVAL=${every};BYDAY=${on.join(',')};COUNT=${count}`;
      const event = `UID:a\nSUMMARY:Weekly\nDTSTART;TZID=${zone}:${clock(first, hour)}\nDURATION:PT45M\n${rule}`;
      const all = readCalendar(writeCalendar(event), { from: 0, to: span.to }).meetings;
      const utcOf = (at: number) =>
        all[at] && `${new Date(all[at].startsAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
      const lines = left.flatMap((at) => (utcOf(at) ? [`EXDATE:${utcOf(at)}`] : []));
      const others = moved.flatMap((at) =>
        utcOf(at)
          ? [
              `UID:a\nSUMMARY:Moved\nRECURRENCE-ID:${utcOf(at)}\nDTSTART:202611${10 + at}T030000Z\nDURATION:PT1H`,
            ]
          : [],
      );
      const { meetings, written } = write(writeCalendar([event, ...lines].join('\n'), ...others));
      expect(expand(written)).toEqual(shown(meetings));
    }),
    { numRuns: 40, examples: [[endsAsTheSpanBegins]] },
  );
});
