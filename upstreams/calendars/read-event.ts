// One VEVENT of an iCalendar file: a meeting, a series of them, or an occurrence of a series that was changed.
import ICAL from 'ical.js';
import { timeAt, utc, type Zone, zoneOf } from './zone.ts';

export interface CalendarEvent {
  component: ICAL.Component;
  /** In which zone its beginning is; UTC for whole days. */
  zone: Zone;
  allDay: boolean;
  /** As iCalendar tells events apart: the occurrences of a series share it. */
  series: string;
  startsAt: number;
  lengthMs: number;
  /** Of an occurrence that was changed: when it would have begun. */
  instead: number | null;
  /** Cancelled, or marked as nobody's business. */
  isOff: boolean;
}

/**
 * @param zoneOfCalendar the zone of times that name none (`X-WR-TIMEZONE`)
 * @returns null for what has no beginning
 */
export function readEvent(component: ICAL.Component, zoneOfCalendar: string | null): CalendarEvent | null {
  const property = component.getFirstProperty('dtstart');
  const start = property?.getFirstValue();
  if (!property || !(start instanceof ICAL.Time)) return null;
  const [startsAt = 0] = momentsOf(component, 'dtstart', zoneOfCalendar);
  const [endsAt = startsAt] = momentsOf(component, 'dtend', zoneOfCalendar);
  const duration = component.getFirstPropertyValue('duration');
  const given = duration instanceof ICAL.Duration ? duration.toSeconds() * 1_000 : endsAt - startsAt;
  const [instead = null] = momentsOf(component, 'recurrence-id', zoneOfCalendar);
  const isPrivate = /^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(component, 'class') ?? '');
  return {
    component,
    zone: zoneOf(property, zoneOfCalendar),
    allDay: start.isDate,
    series: textOf(component, 'uid') ?? `${textOf(component, 'summary')} ${startsAt}`,
    startsAt,
    lengthMs: Math.max(given, start.isDate ? 86_400_000 : 0),
    instead,
    isOff: isPrivate || textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
  };
}

/** The times that properties of a name say, milliseconds since 1970. */
export const momentsOf = (component: ICAL.Component, name: string, zoneOfCalendar: string | null): number[] =>
  component.getAllProperties(name).flatMap((property) => {
    const zone = zoneOf(property, zoneOfCalendar);
    return property
      .getValues()
      .flatMap((time) => (time instanceof ICAL.Time ? [zone.toMoment(wallOf(time))] : []));
  });

/** What a time shows, in milliseconds as if it were UTC. */
export const wallOf = (time: ICAL.Time): number =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);

/** A moment as the event's own times are written: on the clocks of its zone, or as a day. */
export function sayTime(moment: number, { zone, allDay }: Pick<CalendarEvent, 'zone' | 'allDay'>): string {
  const time = timeAt(allDay ? moment : zone.toWall(moment));
  if (allDay) time.isDate = true;
  else if (zone === utc) time.zone = ICAL.Timezone.utcTimezone;
  return time.toString();
}

export const wordsOf = (component: ICAL.Component) => {
  const url = URL.parse(textOf(component, 'url') ?? '');
  return {
    title: textOf(component, 'summary') ?? 'Meeting',
    place: textOf(component, 'location'),
    description: textOf(component, 'description'),
    href: url && /^https?:$/.test(url.protocol) ? url.href : null,
  };
};

export const textOf = (component: ICAL.Component, name: string): string | null => {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};
