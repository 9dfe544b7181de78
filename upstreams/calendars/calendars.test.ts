import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { VALUE_BYTES } from '../../cache/cache.ts';
import { sharedFolder, skipUnless } from '../../testing/skips.ts';
import { writeCalendar } from '../../testing/write-calendar.ts';
import { fedocalMeetings } from './fedocal.ts';
import { icalMeetings } from './ical.ts';
import { readCalendar } from './read-ical.ts';
import { toMoment } from './wall-time.ts';

const now = Date.UTC(2026, 10, 24, 2, 0);
const span = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2027, 0, 1) };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const starts = (text: string) =>
  readCalendar(text, span).meetings.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));

test('a meeting keeps its hour on the wall over the change of the clocks', () => {
  const weekly = writeCalendar(`UID:a
    DTSTART;TZID=Europe/Paris:20261013T170000
    DTEND;TZID=Europe/Paris:20261013T180000
    RRULE:FREQ=WEEKLY;COUNT=4`);
  expect(starts(weekly)).toEqual([
    '2026-10-13T15:00',
    '2026-10-20T15:00',
    '2026-10-27T16:00',
    '2026-11-03T16:00',
  ]);
});

test('what is left out, moved or cancelled is so; what moved says where and when it is now', () => {
  const text = writeCalendar(
    `UID:a
    SUMMARY:Weekly
    LOCATION:#design
    DTSTART;TZID=America/New_York:20261102T090000
    DURATION:PT1H30M
    EXDATE;TZID=America/New_York:20261109T090000
    RRULE:FREQ=WEEKLY;UNTIL=20261207T235959Z`,
    `UID:a
    SUMMARY:Weekly, later
    RECURRENCE-ID:20261116T140000Z
    DTSTART:20261117T140000Z
    DTEND:20261117T150000Z`,
    `UID:a
    STATUS:CANCELLED
    RECURRENCE-ID;TZID=America/New_York:20261123T090000
    DTSTART;TZID=America/New_York:20261123T090000`,
  );
  const { meetings } = readCalendar(text, span);
  expect(
    meetings.map(({ title, startsAt }) => [new Date(startsAt).toISOString().slice(5, 16), title]),
  ).toEqual([
    ['11-02T14:00', 'Weekly'],
    ['11-17T14:00', 'Weekly, later'],
    ['11-30T14:00', 'Weekly'],
    ['12-07T14:00', 'Weekly'],
  ]);
  expect(meetings[0]).toMatchObject({ place: '#design', allDay: false });
  expect(meetings[0]?.series).toBe(meetings[2]?.series);
  expect((meetings[0]?.endsAt ?? 0) - (meetings[0]?.startsAt ?? 0)).toBe(90 * 60_000);
});

test('a zone that only the file knows is as the file describes it', () => {
  const zone = `BEGIN:VTIMEZONE
    TZID:Meadow Standard Time
    BEGIN:STANDARD
    DTSTART:19700101T000000
    TZOFFSETFROM:+0330
    TZOFFSETTO:+0330
    END:STANDARD
    END:VTIMEZONE`.replace(/\n\s*/g, '\r\n');
  const text = writeCalendar(`UID:a
    DTSTART;TZID=Meadow Standard Time:20261101T120000`).replace('VERSION:2.0', `VERSION:2.0\r\n${zone}`);
  expect(starts(text)).toEqual(['2026-11-01T08:30']);
});

test('whole days are days, in no zone; private meetings are nobody’s business', () => {
  const text = writeCalendar(
    `UID:a
    SUMMARY:Sprint
    DTSTART;VALUE=DATE:20261120
    DTEND;VALUE=DATE:20261123`,
    `UID:b
    CLASS:PRIVATE
    DTSTART:20261120T100000Z`,
    'UID:c\nSUMMARY:without a beginning',
  );
  expect(readCalendar(text, span).meetings).toEqual([
    {
      series: expect.stringMatching(/^[\w-]{16}$/),
      title: 'Sprint',
      startsAt: Date.UTC(2026, 10, 20),
      endsAt: Date.UTC(2026, 10, 23),
      allDay: true,
      place: null,
      description: null,
      href: null,
      repeats: 'no',
    },
  ]);
});

test('what began before the span and still goes on is in it; what ended is not', () => {
  const text = writeCalendar(
    'UID:a\nDTSTART:20260831T230000Z\nDTEND:20260901T010000Z',
    'UID:b\nDTSTART:20260801T000000Z',
  );
  expect(starts(text)).toEqual(['2026-08-31T23:00']);
});

test('whatever a calendar says of its meetings, what is kept of it has room in the cache', () => {
  const words = 'ü'.repeat(2_000);
  const event = (id: number, rule: string) =>
    `UID:${id}\nSUMMARY:${words}\nLOCATION:${words}\nDESCRIPTION:${words}\nDTSTART:20261101T100000Z${rule}`;
  const once = Array.from({ length: 400 }, (_, id) => event(id, ''));
  const weekly = Array.from({ length: 100 }, (_, id) => event(400 + id, '\nRRULE:FREQ=WEEKLY'));
  const kept = readCalendar(writeCalendar(...weekly, ...once), span);
  expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(VALUE_BYTES - 50_000);
  expect(kept.meetings.length).toBeGreaterThan(200);
  expect(kept.series.length).toBeGreaterThan(50);
});

test('a repetition that never comes to an occurrence is given up', () => {
  const never = writeCalendar('UID:a\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30');
  expect(() => readCalendar(never, span, 100)).toThrow(/timed out/);
});

test('a time that comes twice is the first of both, one that is left out is as before the change', () => {
  const iso = (wall: string) => new Date(toMoment(Date.parse(`${wall}Z`), 'Europe/Paris')).toISOString();
  expect(iso('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(iso('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
});

test('every moment is found again from what the clocks of a zone show then', () => {
  const zones = ['Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC'];
  const minute = fc.integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 });
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
      const moment = minutes * 60_000;
      const shown = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'short',
      });
      const wall = Date.parse(`${shown.format(moment).replace(' ', 'T')}Z`);
      // Or an hour earlier: then the clocks show it twice.
      expect([0, 1_800_000, 3_600_000]).toContain(moment - toMoment(wall, zone));
      expect(shown.format(toMoment(wall, zone))).toBe(shown.format(moment));
    }),
  );
});

test('a file that is no calendar, or a broken one, is said in a sentence', async () => {
  let body = '<!doctype html><title>Sign in</title>';
  const base = await serve((_, response) => response.end(body));
  const load = () => icalMeetings(`${base}/team.ics`, { now, mayBePrivate: [base] });
  await expect(load()).rejects.toThrow('something that is not a calendar');
  body = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n';
  await expect(load()).rejects.toThrow('it is not as iCalendar files are');
  body = `\u{feff}${writeCalendar('UID:a\nSUMMARY:Here\nDTSTART:20261125T100000Z')}`;
  expect((await load()).meetings.map(({ title }) => title)).toEqual(['Here']);
});

test('a calendar’s address reaches no private network', async () => {
  const base = await serve((_, response) => response.end(writeCalendar('UID:a\nDTSTART:20261125T100000Z')));
  await expect(icalMeetings(base, { now })).rejects.toThrow('leads to an address that is not public');
});

skipUnless('shared')('recorded answers of Fedocal', () => {
  const recorded = (name: string) =>
    readFileSync(`${sharedFolder}/reference/upstreams/fedocal/${name}`, 'utf8');

  test('meetings are read with their times in UTC, whole days, places and pages', async () => {
    const asked: string[] = [];
    const base = await serve((request, response) => {
      asked.push(request.url ?? '');
      if (request.url?.startsWith('/ical/')) return response.writeHead(404).end();
      response.setHeader('content-type', 'application/json').end(recorded('meetings.json'));
    });
    const { meetings, href } = await fedocalMeetings(base, 'infrastructure', { now });
    expect(asked).toEqual([
      '/api/meetings/?calendar=infrastructure&start=2026-10-25&end=2027-05-23',
      '/ical/infrastructure/',
    ]);
    expect(href).toBe(`${base}/infrastructure/`);
    expect(meetings).toHaveLength(3);
    expect(meetings[0]).toEqual({
      series: expect.stringMatching(/^[\w-]{16}$/),
      title: 'Fedora Infrastructure meeting',
      startsAt: Date.UTC(2026, 10, 26, 16),
      endsAt: Date.UTC(2026, 10, 26, 17),
      allDay: false,
      place: 'https://matrix.to/#/#meeting-3:fedoraproject.org',
      description: 'Weekly meeting, agenda at https://board.example',
      href: `${base}/meeting/9854/`,
      repeats: 'listed',
    });
    expect(meetings[2]).toMatchObject({ allDay: true, place: null, endsAt: Date.UTC(2027, 1, 3) });
  });

  /** Its iCalendar as recorded, beside JSON with the occurrences that Fedocal makes of it, and what is given besides. */
  const withRule = (weeks: number[], more: object[] = []) =>
    serve((request, response) => {
      if (request.url?.startsWith('/ical/')) return response.end(recorded('infrastructure.ical'));
      const [weekly, , rebuild] = JSON.parse(recorded('meetings.json')).meetings;
      const meetings = weeks.map((week) => {
        const start = new Date(Date.UTC(2026, 10, 26 + 7 * week, 16 - Number(week >= 18))).toISOString();
        const day = { meeting_date: start.slice(0, 10), meeting_date_end: start.slice(0, 10) };
        const hour = Number(start.slice(11, 13));
        return {
          ...{ ...weekly, ...day },
          ...{ meeting_time_start: `${hour}:00:00`, meeting_time_stop: `${hour + 1}:00:00` },
        };
      });
      const all = [...meetings, rebuild, ...more.map((one) => ({ ...weekly, ...one }))];
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ meetings: all }));
    });
  const allWeeks = Array.from({ length: 26 }, (_, week) => week);

  test('a meeting that repeats gets the rule and the zone from Fedocal’s iCalendar, and keeps its number', async () => {
    const more = { meeting_date: '2026-12-02', meeting_date_end: '2026-12-02' };
    const base = await withRule(allWeeks, [more]);
    const { meetings, series } = await fedocalMeetings(base, 'infrastructure', { now });
    expect(series).toMatchObject([
      {
        series: meetings[0]?.series,
        rule: 'FREQ=WEEKLY;UNTIL=20271230T230000Z',
        zone: { id: 'Europe/Paris' },
        start: '2026-11-26T17:00:00',
        description: 'Weekly meeting, agenda at https://board.example',
        href: `${base}/meeting/9854/`,
      },
    ]);
    expect(meetings.slice(0, 3).map(({ repeats }) => repeats)).toEqual(['by-rule', 'listed', 'by-rule']);
    expect(meetings.find(({ title }) => title === 'F44 Mass rebuild')?.repeats).toBe('no');
  });

  test('a rule that says more than Fedocal’s own list is not believed', async () => {
    const base = await withRule(allWeeks.filter((week) => week % 4 === 0));
    const { meetings, series } = await fedocalMeetings(base, 'infrastructure', { now });
    expect(series).toEqual([]);
    expect(meetings[0]?.repeats).toBe('listed');
  });

  test('its older form without numbers is read, too; “None” is no place', async () => {
    const base = await serve((_, response) =>
      response.setHeader('content-type', 'application/json').end(recorded('meetings-doc-sample.json')),
    );
    const { meetings } = await fedocalMeetings(base, 'test', { now: Date.UTC(2013, 4, 20) });
    expect(meetings).toMatchObject([{ title: 'test1.5', place: null, href: null }]);
  });

  test('a calendar it does not know is said by its name', async () => {
    const base = await serve((_, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(recorded('error-400-calendar.json')),
    );
    await expect(fedocalMeetings(base, 'nope', { now })).rejects.toMatchObject({
      message: expect.stringContaining('has no calendar “nope”'),
      retry: false,
    });
  });

  test('its iCalendar file is read with its own zones', () => {
    const { meetings } = readCalendar(recorded('infrastructure.ical'), {
      from: Date.UTC(2026, 10, 1),
      to: Date.UTC(2027, 3, 10),
    });
    expect(meetings[0]).toMatchObject({
      title: 'Fedora Infrastructure meeting',
      startsAt: Date.UTC(2026, 10, 26, 16),
      endsAt: Date.UTC(2026, 10, 26, 17),
    });
    expect(meetings.at(-1)?.startsAt).toBe(Date.UTC(2027, 3, 8, 15));
  });
});
