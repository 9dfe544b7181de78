import fc from 'fast-check';
import ical from 'node-ical';
import { expect, test } from 'vitest';
import { writeIcal } from './ical.ts';

const meeting = {
  series: 'ABCDEFGHIJKLMNOP',
  title:
    'Weekly; with commas, and “quotes”: a very long title that is folded over more than one line of the file',
  startsAt: Date.UTC(2026, 10, 26, 16),
  endsAt: Date.UTC(2026, 10, 26, 17),
  allDay: false,
  place: '#meeting:example.org',
  description: 'First line\nSecond line\\with a backslash',
  href: 'https://calendar.example.org/meeting/1/',
  repeats: 'no' as const,
};
const calendar = {
  name: 'design: meetings',
  host: 'hubs.example.org',
  asOf: Date.UTC(2026, 10, 24),
  meetings: [meeting],
  series: [],
};
const read = (text: string) =>
  Object.values(ical.sync.parseICS(text)).flatMap((component) =>
    component?.type === 'VEVENT' ? [component] : [],
  );

test('another parser reads the same meetings', () => {
  const [event, ...others] = read(writeIcal(calendar));
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    uid: 'ABCDEFGHIJKLMNOP@hubs.example.org',
    summary: meeting.title,
    location: meeting.place,
    description: meeting.description,
    url: meeting.href,
    datetype: 'date-time',
  });
  expect([event?.start.getTime(), event?.end?.getTime()]).toEqual([meeting.startsAt, meeting.endsAt]);
});

test('whole days are dates without a zone, the end exclusive', () => {
  const text = writeIcal({
    ...calendar,
    meetings: [
      {
        ...meeting,
        allDay: true,
        startsAt: Date.UTC(2027, 0, 14),
        endsAt: Date.UTC(2027, 1, 3),
        place: null,
      },
    ],
  });
  expect(text).toContain('DTSTART;VALUE=DATE:20270114\r\n');
  expect(text).toContain('DTEND;VALUE=DATE:20270203\r\n');
  expect(read(text)[0]).toMatchObject({ datetype: 'date' });
});

test('lines are folded to 75 bytes and end as RFC 5545 has it', () => {
  const text = writeIcal({ ...calendar, meetings: [{ ...meeting, title: 'ü人🚀'.repeat(60) }] });
  const lines = text.split('\r\n');
  expect(lines.at(-1)).toBe('');
  for (const line of lines) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toContain('\n');
    expect(line.isWellFormed()).toBe(true);
  }
});

test('whatever a meeting is called, no line of it becomes a property of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (said) => {
      const title = `${said}\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT`;
      const text = writeIcal({
        ...calendar,
        meetings: [{ ...meeting, title, description: title, place: title }],
      });
      expect(read(text)).toHaveLength(1);
      expect(text).not.toMatch(/^ATTENDEE/m);
      expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});
