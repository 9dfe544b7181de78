// Fedocal's JSON: the meetings of a calendar, each occurrence by itself, in UTC.
import { z } from 'zod';
import { type FetchOptions, fetchJson } from '../fetch.ts';
import { UpstreamError } from '../upstream-error.ts';
import { inOrder, type Meeting, spanAround } from './meeting.ts';

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
): Promise<{ meetings: Meeting[]; href: string }> {
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
  const meetings = answer.data.meetings.flatMap((meeting) => {
    const parsed = meetingSchema.safeParse(meeting);
    return parsed.success ? [toMeeting(parsed.data, root)] : [];
  });
  return { meetings: inOrder(meetings), href: `${root}/${encodeURIComponent(calendar)}/` };
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
  };
}
