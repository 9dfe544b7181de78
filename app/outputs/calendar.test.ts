// A hub’s meetings as iCal.
import ical from 'node-ical';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { forNobody, kept, openOutputsStage } from '../../testing/outputs-stage.ts';
import { writeCalendar } from '../../testing/write-calendar.ts';
import { readCalendar } from '../../upstreams/calendars/read-ical.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import { writeValue } from '../../widgets/values.ts';

const stage = await openOutputsStage();
const { owner, signIn, get } = stage;
const { database, pool, cache } = stage.stores;
let hub: HubInfo;
beforeEach(async () => {
  hub = await stage.makeTeam();
});
afterAll(stage.close);

/** A widget that shows the calendar, and what was loaded of it. */
async function giveCalendar(restricted = false): Promise<string> {
  await database.hub.update({ where: { id: hub.id }, data: { calendar: hub.name } });
  const { id } = await database.widget.create({
    data: { hubId: hub.id, kind: 'meetings', column: 'right', place: 9, restricted },
  });
  await database.$transaction((tx) => refreshInterests(tx, hub.id));
  return (await database.widget.findUniqueOrThrow({ where: { id } })).valueKey ?? '';
}
const meeting = (series: string, startsAt: number) => ({
  ...{ series, title: `Meeting ${series}`, startsAt, endsAt: startsAt + 3_600_000 },
  ...{ allDay: false, place: null, description: null, href: null, repeats: 'no' },
});
const titles = (text: string) =>
  Object.values(ical.sync.parseICS(text)).flatMap((one) =>
    one?.type === 'VEVENT' ? [String(one.summary)] : [],
  );

test('a hub’s meetings as iCal: not before they were loaded, which asking has done; one of them alone', async () => {
  expect((await get(hub, 'meetings.ics')).status).toBe(404);
  const key = await giveCalendar();
  const early = await get(hub, 'meetings.ics');
  expect([early.status, early.headers.get('retry-after'), kept(early)]).toEqual([503, '30', forNobody]);
  const { rowCount } = await pool.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [key]);
  expect(rowCount).toBe(1);

  const meetings = [meeting('a', Date.UTC(2026, 10, 26, 16)), meeting('b', Date.UTC(2026, 10, 27, 16))];
  const data = { calendar: 'team', meetings, series: [], href: null };
  await writeValue(cache, key, {
    value: { data, asOf: Date.now(), source: { name: 'calendar', href: 'https://calendar.example.org/' } },
  });
  const answer = await get(hub, 'meetings.ics');
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(kept(answer)).toMatchObject({ cache: 'public, max-age=60', robots: null });
  expect(titles(await answer.text())).toEqual(['Meeting a', 'Meeting b']);
  expect(titles(await (await get(hub, 'meetings.ics', { query: '?meeting=b' })).text())).toEqual([
    'Meeting b',
  ]);
});

test('a meeting that repeats is one event with its rule, by itself, too', async () => {
  const key = await giveCalendar();
  const weekly = readCalendar(
    writeCalendar('UID:w\nSUMMARY:Weekly\nDTSTART;TZID=Europe/Paris:20261013T170000\nRRULE:FREQ=WEEKLY'),
    { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 11, 1) },
  );
  const meetings = [...weekly.meetings, meeting('b', Date.UTC(2026, 10, 27, 16))];
  const data = { calendar: 'team', series: weekly.series, meetings, href: null };
  await writeValue(cache, key, {
    value: { data, asOf: Date.now(), source: { name: 'calendar', href: 'https://calendar.example.org/' } },
  });
  const read = async (query: string) => (await get(hub, 'meetings.ics', { query })).text();
  expect(titles(await read(''))).toEqual(['Weekly', 'Meeting b']);
  const alone = await read(`?meeting=${weekly.series[0]?.series}`);
  expect(titles(alone)).toEqual(['Weekly']);
  expect(alone).toContain('RRULE:FREQ=WEEKLY');
  expect(await read('?meeting=b')).not.toContain('RRULE');
});

test('meetings that a widget shows to members alone are for members alone', async () => {
  await giveCalendar(true);
  expect((await get(hub, 'meetings.ics')).status).toBe(404);
  expect((await get(hub, 'meetings.ics', await signIn(owner.id))).status).toBe(503);
});
