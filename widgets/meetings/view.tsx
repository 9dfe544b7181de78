'use client';
import { Age, Until } from '../../ui/age.tsx';
import { useNow, useTimeZone } from '../../ui/clock.ts';
import type { Meeting } from '../../upstreams/calendars/meeting.ts';
import { EditLink } from '../edit-link.tsx';
import type { ViewProps } from '../kind.ts';
import { type Meetings, nextOfEach } from './meetings.ts';
import type { MeetingsOwn } from './read-meetings.ts';
import { placeLink, sayClock, sayWhen } from './when.ts';

export default function MeetingsView({ own, hub, settings, loaded, now }: ViewProps<MeetingsOwn, Meetings>) {
  const current = useNow(now);
  const found = loaded?.value?.data;
  if (!found) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        No calendar is set.{' '}
        {own.mayEdit ? (
          <a href={`/t/${hub.name}/settings/calendar`}>Name the one of your meetings</a>
        ) : (
          'Once an owner names one, the next meetings stand here.'
        )}
      </p>
    );
  }
  const next = nextOfEach(found.meetings, current).slice(0, Number(settings.n));
  const ical = `/t/${hub.name}/meetings.ics`;
  return (
    <div>
      {next.length === 0 ? (
        <p className="px-4 py-4 text-muted text-sm">Nothing is planned in the calendar “{found.calendar}”.</p>
      ) : (
        <ul className="divide-y divide-line">
          {next.map((meeting) => (
            <li key={meeting.series} className="px-4 py-2.5">
              <MeetingLine meeting={meeting} ical={ical} now={now} current={current} />
            </li>
          ))}
        </ul>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-3 text-sm">
        {found.href && <a href={found.href}>View more</a>}
        <a href={ical}>Subscribe (iCal)</a>
        {own.minutes && (
          <span className="text-muted">
            <a href={own.minutes.href}>Minutes of the last</a>, <Age time={own.minutes.time} now={now} />
          </span>
        )}
        {own.mayEdit && <EditLink hub={hub}>Edit</EditLink>}
      </p>
    </div>
  );
}

interface LineProps {
  meeting: Meeting;
  ical: string;
  now: number;
  current: number;
}

function MeetingLine({ meeting, ical, now, current }: LineProps) {
  const zone = useTimeZone();
  const { title, href, startsAt, endsAt, allDay, place, series } = meeting;
  const goesOn = startsAt <= current;
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 break-words font-medium leading-snug">
          {href ? <a href={href}>{title}</a> : title}
        </span>
        {goesOn ? (
          <span className="rounded-full bg-accent-soft px-2 font-medium text-accent text-xs">
            Happening now{!allDay && `, until ${sayClock(endsAt, zone)}`}
          </span>
        ) : (
          <span className="text-muted text-sm">
            <Until time={startsAt} now={now} />
          </span>
        )}
      </p>
      <p className="mt-0.5 text-muted text-sm">
        <time dateTime={new Date(startsAt).toISOString()}>{sayWhen(meeting, zone)}</time>
      </p>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-sm">
        {place && <Place place={place} />}
        <a href={`${ical}?meeting=${series}`} aria-label={`Add to calendar: ${title}`}>
          Add to calendar
        </a>
      </p>
    </>
  );
}

function Place({ place }: { place: string }) {
  const { words, href } = placeLink(place);
  return href ? (
    <a href={href} rel="nofollow ugc noopener" className="min-w-0 break-all">
      {words}
    </a>
  ) : (
    <span className="min-w-0 break-words">{words}</span>
  );
}
