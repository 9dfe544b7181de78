// Fedocal: calendars, meetings and their reminders.
import type { Key } from '../activity.ts';
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/calendar/static/calendar.png';
const schemaIcon = 'https://apps.fedoraproject.org/img/icons/fedocal.png';
const site = 'https://apps.fedoraproject.org/calendar/';

const fedmsgSentences: Record<string, string> = {
  'meeting.reminder':
    'Friendly reminder!  The "{meeting}" meeting from the "{calendar}" calendar starts {when}',
  'meeting.update': '{user} updated the "{meeting}" meeting from the "{calendar}" calendar',
  'meeting.delete': '{user} deleted the "{meeting}" meeting from the "{calendar}" calendar',
  'meeting.new': '{user} created a "{meeting}" meeting in the "{calendar}" calendar',
  'calendar.new': '{user} created a whole new "{calendar}" calendar',
  'calendar.update': '{user} updated the "{calendar}" calendar',
  'calendar.delete': '{user} deleted the "{calendar}" calendar',
  'calendar.clear': '{user} cleared the "{calendar}" calendar of all its meetings',
  'calendar.upload': '{user} uploaded an iCalendar file into the calendar "{calendar}"',
};

const schemaSentences: Record<string, string> = {
  'meeting.reminder': "Remember about the meeting '{meeting}' from the '{calendar}' calendar",
  'meeting.update': '{user} has updated meeting {meeting} in calendar {calendar}',
  'meeting.delete': '{user} has deleted the meeting {meeting} from the calendar {calendar}',
  'meeting.new': '{user} has created a new meeting {meeting} in calendar {calendar}',
  'calendar.new': '{user} has created a new calendar {calendar}',
  'calendar.update': '{user} has updated a calendar {calendar}',
  'calendar.delete': '{user} has deleted the calendar {calendar}',
  'calendar.clear': '{user} has cleared the calendar {calendar}',
  'calendar.upload': '{user} has uploaded meetings in the calendar {calendar}',
};

const MINUTE_MS = 60_000;
const units: [string, number][] = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
];

/** "in 30 minutes", counted from when the reminder was sent. */
function startsWhen(m: Subject): string {
  const start = Date.parse(`${m.text('meeting.meeting_date')}T${m.text('meeting.meeting_time_start')}Z`);
  const minutes = Math.round((start - m.time) / MINUTE_MS);
  for (const [unit, size] of units) {
    const count = Math.trunc(minutes / size);
    if (count >= 1) return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'right now';
}

function describe(m: Subject, sentences: Record<string, string>): Said | undefined {
  const calendar = m.firstText('calendar.calendar_name', 'meeting.calendar_name');
  const meeting = m.text('meeting.meeting_name');
  const id = m.text('meeting.meeting_id');
  const user = m.text('agent');
  const template = sentences[m.kind.split('.').slice(1, 3).join('.')];
  const managers = m.texts('meeting.meeting_manager');
  return {
    sentence: fill(template, { user: person(user), calendar, meeting, when: startsWhen(m) }),
    link: id ? whole`${site}meeting/${id}/` : calendar ? whole`${site}${calendar}/` : null,
    picture: user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    people: [user],
    concerns: managers.length > 0 ? managers : (m.text('meeting.meeting_manager') ?? '').split(','),
    objects: [(meeting ? [calendar, 'meetings', meeting, m.action] : [calendar, m.action]).join('/')],
    touches: calendarKeys(calendar, meeting),
    body: m.firstText('meeting.meeting_information'),
  };
}

const calendarKeys = (calendar: string | undefined, meeting: string | undefined): Key[] => [
  ...(calendar ? [`calendar:${calendar}` as const] : []),
  ...(meeting ? [`meeting:${meeting}` as const] : []),
];

function describeSchema(m: Subject): Said | undefined {
  const said = describe(m, schemaSentences);
  const user = m.text('agent');
  return said && { ...said, link: m.text('thing.url'), picture: user ? avatarOf(user) : null };
}

export const fedocal: Service = {
  icon,
  schemaIcon,
  fedmsg: (m) => describe(m, fedmsgSentences),
  schema: describeSchema,
};
