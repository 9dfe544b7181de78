// Fedocal: its JSON has each occurrence by itself, in UTC, and knows meetings by number; its iCalendar has the rules.
import { z } from 'zod';
import { type FetchOptions, fetchJson } from '../fetch.ts';
import { UpstreamError } from '../upstream-error.ts';
import { icalMeetings } from './ical.ts';
import { keepMeetings, type Meeting, type Schedule, spanAround } from './meeting.ts';

const text = z
  .string()
  .transform((value) => (value.trim() === '' || value === 'None' ? null : value))
  .nullish()
  .catch(null);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const clock = z.string().regex(/^\d\d:\d\d(:\d\d)?$/);

const meetingSchema = z.object({
  meeting_id: z.number().int().nullish().catch(null),
  meeting_name: z.string(),
  meeting_date: date,
  meeting_date_end: date.nullish().catch(null),
  meeting_time_start: clock,
  meeting_time_stop: clock,
  meeting_information: text,
  meeting_location: text,
});
const answerSchema = z.object({ meetings: z.array(z.unknown()) });

const DAY_MS = 86_400_000;

/**
 * The meetings of a calendar, from 30 days ago to 180 days ahead, soonest first.
 * @param base the address of the Fedocal, such as `https://calendar.example.org`
 * @returns the meetings and the calendar's page for people
 * @throws {Unchanged} (fetch.ts)
 * @throws {UpstreamError}
 */
export async function fedocalMeetings(
  base: string,
  calendar: string,
  { now, ...options }: { now: number } & Pick<FetchOptions, 'signal' | 'exchange'>,
): Promise<Schedule & { href: string }> {
  const root = base.replace(/\/+$/, '');
  const { host, origin } = new URL(root);
  const { from, to } = spanAround(now);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  // Without a place: with one, Fedocal neither converts times nor repeats meetings.
  const query = new URLSearchParams({ calendar, start: day(from), end: day(to) });
  const answer = answerSchema.safeParse(
    await fetchJson(`${root}/api/meetings/?${query}`, { ...options, mayBePrivate: [origin] }).catch(
      (error) => {
        if (!(error instanceof UpstreamError) || error.status !== 400) throw error;
        throw new UpstreamError(`${host} has no calendar “${calendar}”.`, {
          retry: false,
          status: 400,
          cause: error,
        });
      },
    ),
  );
  if (!answer.success) {
    throw new UpstreamError(`${host} answered in a form Hubs does not know.`, {
      retry: false,
      cause: answer.error,
    });
  }
  // One odd meeting does not take the others with it.
  const given = answer.data.meetings.flatMap((meeting) => {
    const parsed = meetingSchema.safeParse(meeting);
    return parsed.success ? [toMeeting(parsed.data, root)] : [];
  });
  // It was asked for whole days; the rules are worked out to the minute.
  const meetings = given.filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
  const rules = await readRules(`${root}/ical/${encodeURIComponent(calendar)}/`, {
    now,
    mayBePrivate: [origin],
    ...(options.signal && { signal: options.signal }),
  });
  return { ...keepMeetings(joinRules(meetings, rules)), href: `${root}/${encodeURIComponent(calendar)}/` };
}

/** Without rules the meetings are shown all the same, and written one by one. */
async function readRules(address: string, options: Parameters<typeof icalMeetings>[1]): Promise<Schedule> {
  try {
    return await icalMeetings(address, options);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { meetings: [], series: [] };
  }
}

/**
 * A rule is a meeting's when both have the same name, and each occurrence of the rule is one of the meeting's: Fedocal's
 * iCalendar has no numbers, ids that are others each time, and for some rhythms not the rule that Fedocal itself follows.
 */
function joinRules(given: Meeting[], rules: Schedule): Schedule {
  const startsByRule = Map.groupBy(rules.meetings, ({ series }) => series);
  const last = Math.max(...given.map(({ startsAt }) => startsAt));
  const joined = [...Map.groupBy(given, ({ series }) => series).values()].map((meetings): Schedule => {
    const [first] = meetings;
    const starts = new Set(meetings.map(({ startsAt }) => startsAt));
    const rule = rules.series.find(({ series, title }) => {
      const all = startsByRule.get(series)?.filter(({ startsAt }) => startsAt <= last) ?? [];
      return (
        title === first?.title.trim() && all.length > 0 && all.every(({ startsAt }) => starts.has(startsAt))
      );
    });
    if (!first || !rule) {
      const repeats = meetings.length > 1 ? 'listed' : 'no';
      return { meetings: meetings.map((meeting) => ({ ...meeting, repeats })), series: [] };
    }
    const byRule = new Set(startsByRule.get(rule.series)?.map(({ startsAt }) => startsAt));
    const { series, title, place, description, href } = first;
    return {
      meetings: meetings.map((meeting) => ({
        ...meeting,
        repeats: byRule.has(meeting.startsAt) ? 'by-rule' : 'listed',
      })),
      series: [{ ...rule, series, title, place, description, href }],
    };
  });
  return {
    meetings: joined.flatMap(({ meetings }) => meetings),
    series: joined.flatMap(({ series }) => series),
  };
}

function toMeeting(given: z.output<typeof meetingSchema>, root: string): Meeting {
  const { meeting_id: id, meeting_name: title, meeting_date: first } = given;
  const last = given.meeting_date_end ?? first;
  const startsAt = Date.parse(`${first}T${given.meeting_time_start}Z`);
  const end = Date.parse(`${last}T${given.meeting_time_stop}Z`);
  // Fedocal does not say which meetings last whole days: those from midnight to midnight.
  const allDay = /^00:00/.test(given.meeting_time_start) && /^00:00/.test(given.meeting_time_stop);
  return {
    series: id ? `${root}/meeting/${id}/` : `${title} ${given.meeting_time_start}`,
    title,
    startsAt,
    endsAt: allDay ? Math.max(end, startsAt + DAY_MS) : Math.max(end, startsAt),
    allDay,
    place: given.meeting_location ?? null,
    description: given.meeting_information ?? null,
    href: id ? `${root}/meeting/${id}/` : null,
    repeats: 'no',
  };
}
