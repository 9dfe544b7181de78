// The demo's calendars, in Fedocal's shapes: every team has a short call each day and a meeting each week.

export interface Page {
  type: 'application/json' | 'text/html' | 'text/calendar';
  body: string;
}

const DAY_MS = 86_400_000;
const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

interface Planned {
  id: number;
  name: string;
  /** 0 is Sunday; null: every day. */
  weekday: number | null;
  /** Minutes after midnight, UTC. */
  start: number;
  minutes: number;
}

/** Each calendar's meetings lie apart from the others', over the day and over the week. */
function plan(calendars: string[], calendar: string): Planned[] {
  const place = calendars.indexOf(calendar);
  if (place < 0) return [];
  const hour = (9 + 5 * place) % 24;
  return [
    { id: place * 2 + 1, name: `${calendar} daily call`, weekday: null, start: hour * 60, minutes: 45 },
    {
      id: place * 2 + 2,
      name: `${calendar} meeting`,
      weekday: 1 + (place % 5),
      start: (13 + (place % 6)) * 60,
      minutes: 60,
    },
  ];
}

const clock = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}:00`;
};

function* occurrences(planned: Planned[], calendar: string, from: number, to: number) {
  for (let day = from; day <= to; day += DAY_MS) {
    for (const { id, name, weekday, start, minutes } of planned) {
      if (weekday !== null && new Date(day).getUTCDay() !== weekday) continue;
      yield {
        meeting_id: id,
        meeting_name: name,
        meeting_manager: [],
        meeting_date: isoDay(day),
        meeting_date_end: isoDay(day + (start + minutes >= 1_440 ? DAY_MS : 0)),
        meeting_time_start: clock(start),
        meeting_time_stop: clock(start + minutes),
        meeting_timezone: 'UTC',
        meeting_information: 'Everybody is welcome; bring what you would like to talk about.',
        meeting_location: `https://matrix.to/#/#${calendar}:meadow.example`,
        calendar_name: calendar,
      };
    }
  }
}

/** As Fedocal writes it: the rules instead of the occurrences, and no ids that stay. */
function writeIcal(planned: Planned[]): string {
  const compact = (day: number, minutes: number) =>
    new Date(day + minutes * 60_000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const events = planned.flatMap(({ id, name, weekday, start, minutes }) => {
    // The first of them in the first week of 2026, which began on Thursday.
    const day = Date.UTC(2026, 0, 1 + (weekday === null ? 0 : (weekday + 3) % 7));
    return [
      ...['BEGIN:VEVENT', `UID:${Date.now()}-${id}`, `SUMMARY:${name}`],
      ...[`DTSTART:${compact(day, start)}Z`, `DTEND:${compact(day, start + minutes)}Z`],
      ...[`RRULE:FREQ=${weekday === null ? 'DAILY' : 'WEEKLY'}`, 'END:VEVENT'],
    ];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

/**
 * Answers for the calendars of these names.
 * @param path behind the calendars' address, such as `/api/meetings/`
 * @returns null where there is no such page
 */
export function answerCalendar(calendars: string[], path: string, query: URLSearchParams): Page | null {
  const json = (value: object): Page => ({ type: 'application/json', body: JSON.stringify(value) });
  if (path === '/api/meetings/') {
    const calendar = query.get('calendar') ?? '';
    const [from, to] = ['start', 'end'].map((name) => Date.parse(query.get(name) ?? ''));
    const planned = plan(calendars, calendar);
    const meetings = from && to ? [...occurrences(planned, calendar, from, to)] : [];
    return json({ arguments: Object.fromEntries(query), meetings });
  }
  const [, asked = ''] = /^\/ical\/([\w-]+)\/$/.exec(path) ?? [];
  const rules = plan(calendars, asked);
  if (rules.length > 0) return { type: 'text/calendar', body: writeIcal(rules) };
  const [, first = '', id] = /^\/([\w-]+)\/(?:(\d+)\/)?$/.exec(path) ?? [];
  const all = calendars.flatMap((calendar) => plan(calendars, calendar));
  const found = id ? all.filter((one) => String(one.id) === id) : plan(calendars, first);
  if (found.length === 0) return null;
  const items = found.map(({ name, start }) => `<li>${name}, ${clock(start).slice(0, 5)} UTC</li>`).join('');
  return {
    type: 'text/html',
    body: `<!doctype html><html lang="en"><title>Calendar</title><ul>${items}</ul></html>`,
  };
}
