import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, onTestFinished, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Meeting } from '../../upstreams/calendars/meeting.ts';
import { parseSettings } from '../settings-form.ts';
import { meetings } from './index.ts';
import { nextOfEach } from './meetings.ts';
import MeetingsView from './view.tsx';
import { placeLink, sayWhen } from './when.ts';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 26, 16, 30);
const { loader } = meetings;
if (!loader) throw new Error('meetings load from a calendar');

const meeting = (series: string, startsAt: number, more: Partial<Meeting> = {}): Meeting => ({
  ...{ series, title: `The ${series}`, startsAt, endsAt: startsAt + HOUR, allDay: false },
  ...{ place: null, description: null, href: null, repeats: 'no' },
  ...more,
});

const show = (given: Meeting[] | null, { mayEdit = false, n = 4, at = now } = {}) =>
  renderToStaticMarkup(
    <MeetingsView
      own={{ mayEdit, minutes: null }}
      hub={{ id: 1, type: 'team', name: 'design' }}
      settings={{ calendar: '', n }}
      loaded={
        given && {
          value: {
            data: {
              ...{ calendar: 'design', meetings: given, series: [] },
              href: 'https://calendar.example.org/design/',
            },
            asOf: at,
            source: { name: 'calendar', href: 'https://calendar.example.org/' },
          },
        }
      }
      now={at}
    />,
  );

test('the calendar is the widget’s own, else the hub’s: of Fedocal by name, or an address', () => {
  const hub = (calendar: string | null) => ({ calendar }) as HubInfo;
  expect(loader.part({ calendar: '', n: 4 }, hub(null))).toBeNull();
  expect(loader.part({ calendar: '', n: 4 }, hub('design'))).toEqual({ calendar: 'design' });
  expect(loader.interests({ calendar: 'design' })).toEqual(['calendar:design']);
  const address = 'https://cloud.example.org/team.ics?secret=1';
  expect(loader.part({ calendar: address, n: 4 }, hub('design'))).toEqual({ address });
  expect(loader.interests({ address })).toEqual([]);
  expect(parseSettings(meetings, { calendar: 'file:///etc/passwd' })).toHaveProperty('errors.calendar');
});

test('the browser gets the soonest meetings and their next occurrences, not half a year of them', () => {
  const daily = Array.from({ length: 180 }, (_, day) => meeting('daily', now + (24 * day - 1) * HOUR));
  const others = Array.from({ length: 20 }, (_, at) => meeting(`once ${at}`, now + (at + 1) * 24 * HOUR));
  const given = [...daily, ...others].sort((a, b) => a.startsAt - b.startsAt);
  const value = { calendar: 'design', meetings: given, series: [], href: null };
  const shown = loader.shown?.(value, { calendar: '', n: 4 }, now).meetings ?? [];
  expect(shown.length).toBeLessThan(12);
  for (const at of [now, now + 47 * HOUR])
    expect(nextOfEach(shown, at).slice(0, 4)).toEqual(nextOfEach(given, at).slice(0, 4));
});

test('of each meeting the next one is shown, what goes on now before it', () => {
  const given = [
    meeting('over', now - 2 * HOUR),
    meeting('weekly', now - HOUR / 2),
    meeting('daily', now + HOUR),
    meeting('daily', now + 25 * HOUR),
    meeting('weekly', now + 168 * HOUR),
  ];
  expect(nextOfEach(given, now).map(({ series, startsAt }) => [series, startsAt - now])).toEqual([
    ['weekly', -HOUR / 2],
    ['daily', HOUR],
  ]);
  const html = show(given);
  expect(html).toContain('Happening now, until 17:00');
  expect(html).toContain('in 1 h');
  expect(html).not.toContain('The over');
  expect(show(given, { n: 1 })).not.toContain('The daily');
  expect(show(given, { at: now + 4 * HOUR })).not.toContain('Happening now');
});

test('each can be added to a calendar, with its place and its page', () => {
  const html = show([
    meeting('weekly', now + HOUR, {
      place: 'https://matrix.to/#/#meeting:example.org',
      href: 'https://calendar.example.org/meeting/1/',
    }),
  ]);
  expect(html).toContain('href="/t/design/meetings.ics?meeting=weekly"');
  expect(html).toContain('href="https://matrix.to/#/%23meeting%3Aexample.org"');
  expect(html).toContain('>#meeting:example.org<');
  expect(html).toContain('href="https://calendar.example.org/meeting/1/"');
});

test('times are said in the reader’s zone, days without one', () => {
  const evening = {
    startsAt: Date.UTC(2026, 10, 26, 22, 30),
    endsAt: Date.UTC(2026, 10, 26, 23, 30),
    allDay: false,
  };
  expect(sayWhen(evening, 'UTC')).toBe('Thu 26 Nov, 22:30–23:30 UTC');
  expect(sayWhen(evening, 'Europe/Paris')).toMatch(/^Thu 26 Nov, 23:30–Fri 27 Nov, 00:30 /);
  expect(sayWhen({ startsAt: now, endsAt: now, allDay: false }, 'UTC')).toBe('Thu 26 Nov, 16:30 UTC');
  const days = { startsAt: Date.UTC(2027, 0, 14), endsAt: Date.UTC(2027, 0, 16), allDay: true };
  expect(sayWhen(days, 'Pacific/Auckland')).toBe('Thu 14 Jan – Fri 15 Jan');
});

test('a place is a link where it leads somewhere', () => {
  expect(placeLink('#fedora-meeting@irc.example.net')).toEqual({
    words: '#fedora-meeting@irc.example.net',
    href: null,
  });
  expect(placeLink('#design:example.org').href).toBe('https://matrix.to/#/%23design%3Aexample.org');
  expect(placeLink('https://meet.example.org/design/')).toEqual({
    words: 'meet.example.org/design',
    href: 'https://meet.example.org/design/',
  });
  expect(placeLink('javascript:alert(1)').href).toBeNull();
  expect(placeLink('100% online').href).toBeNull();
});

test('without a calendar it says what to do, with an empty one that nothing is planned', () => {
  expect(show(null)).toContain('Once an owner names one');
  expect(show(null, { mayEdit: true })).toContain('href="/t/design/settings/calendar"');
  expect(show([])).toContain('Nothing is planned in the calendar “design”');
  expect(meetings.isEmpty?.({ mayEdit: false, minutes: null }, null)).toBe(true);
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a calendar of Fedocal is loaded; without Fedocal, and at a private address, it says why not', async () => {
  const base = await serve((_, response) =>
    response.setHeader('content-type', 'application/json').end('{"meetings": []}'),
  );
  const context = (services: { fedocal?: string }) => ({ services, signal: AbortSignal.timeout(5_000), now });
  const { value, source } = await loader.load({ calendar: 'design' }, context({ fedocal: base }));
  expect(value).toEqual({ calendar: 'design', meetings: [], series: [], href: `${base}/design/` });
  expect(source).toEqual({ name: new URL(base).host, href: `${base}/design/` });
  await expect(loader.load({ calendar: 'design' }, context({}))).rejects.toMatchObject({
    message: 'No Fedocal is set up for Hubs.',
    retry: false,
  });
  await expect(loader.load({ address: `${base}/secret` }, context({}))).rejects.toMatchObject({
    message: expect.not.stringContaining('secret'),
    retry: false,
  });
});
