// iCalendar (RFC 5545): from a file's text to the occurrences of its meetings in a span of time.
import ICAL from 'ical.js';
import { inOrder, type Meeting, type Span } from './meeting.ts';
import { isZone, toMoment } from './wall-time.ts';
import { withinTime } from './within-time.ts';

export interface Calendar {
  /** What it calls itself (`X-WR-CALNAME`). */
  name: string | null;
  /** Soonest first. */
  meetings: Meeting[];
}

/** A repetition can be written so that it never comes to an occurrence: so long it is looked for. */
const EXPAND_MS = 2_000;

/**
 * @throws where the text is not iCalendar, or its repetitions take too long to work out
 */
export const readCalendar = (text: string, span: Span, limitMs = EXPAND_MS): Calendar =>
  withinTime(limitMs, () => {
    const parsed: unknown[] = ICAL.parse(text);
    // Several calendars may stand in one file.
    const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]).map(
      (data) => new ICAL.Component(data as unknown[]),
    );
    const name = roots.map((root) => textOf(root, 'x-wr-calname')).find(Boolean) ?? null;
    return { name, meetings: inOrder(roots.flatMap((root) => expandAll(root, span))) };
  });

const textOf = (component: ICAL.Component, name: string): string | null => {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

function expandAll(root: ICAL.Component, span: Span): Meeting[] {
  const zoneOfCalendar = textOf(root, 'x-wr-timezone');
  const events = root
    .getAllSubcomponents('vevent')
    .flatMap((component) => readEvent(component, zoneOfCalendar) ?? []);
  const changed = new Map<string, Set<number>>();
  for (const { series, instead } of events) {
    if (instead !== null) changed.set(series, (changed.get(series) ?? new Set()).add(instead));
  }
  return events.flatMap((event) => {
    if (event.instead !== null) return event.isOff ? [] : occurrence(event, event.startsAt, span);
    if (event.isOff) return [];
    const replaced = changed.get(event.series);
    return startsOf(event, span).flatMap((startsAt) =>
      replaced?.has(startsAt) ? [] : occurrence(event, startsAt, span),
    );
  });
}

interface Event {
  component: ICAL.Component;
  start: ICAL.Time;
  toMoment(time: ICAL.Time): number;
  series: string;
  startsAt: number;
  lengthMs: number;
  /** Of an occurrence that was changed: when it would have begun. */
  instead: number | null;
  /** Cancelled, or marked as nobody's business. */
  isOff: boolean;
}

/** Null for what has no beginning. */
function readEvent(component: ICAL.Component, zoneOfCalendar: string | null): Event | null {
  const [start, startsAt] = readTime(component, 'dtstart', zoneOfCalendar) ?? [];
  if (!start || startsAt === undefined) return null;
  const zone = zoneOf(component, 'dtstart');
  const [, endsAt] = readTime(component, 'dtend', zoneOfCalendar) ?? [];
  const duration = component.getFirstPropertyValue('duration');
  const given =
    duration instanceof ICAL.Duration ? duration.toSeconds() * 1_000 : (endsAt ?? startsAt) - startsAt;
  const [, instead = null] = readTime(component, 'recurrence-id', zoneOfCalendar) ?? [];
  const isPrivate = /^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(component, 'class') ?? '');
  return {
    component,
    start,
    startsAt,
    toMoment: (time) => momentOf(time, zone, zoneOfCalendar),
    series: textOf(component, 'uid') ?? `${textOf(component, 'summary')} ${startsAt}`,
    lengthMs: Math.max(given, start.isDate ? 86_400_000 : 0),
    instead,
    isOff: isPrivate || textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
  };
}

const zoneOf = (component: ICAL.Component, name: string): string | null => {
  const zone = component.getFirstProperty(name)?.getParameter('tzid');
  // Fedocal writes `fedocal_Europe/Paris`.
  return typeof zone === 'string' ? zone.replace(/^fedocal_/, '') : null;
};

function readTime(
  component: ICAL.Component,
  name: string,
  zoneOfCalendar: string | null,
): [ICAL.Time, number] | null {
  const time = component.getFirstPropertyValue(name);
  if (!(time instanceof ICAL.Time)) return null;
  return [time, momentOf(time, zoneOf(component, name), zoneOfCalendar)];
}

/** By the zone's name where IANA knows it, else by the zone as the file describes it; UTC where it says nothing. */
function momentOf(time: ICAL.Time, zone: string | null, zoneOfCalendar: string | null): number {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (time.isDate || time.zone === ICAL.Timezone.utcTimezone) return wall;
  if (zone && isZone(zone)) return toMoment(wall, zone);
  if (time.zone && time.zone !== ICAL.Timezone.localTimezone) return wall - time.zone.utcOffset(time) * 1_000;
  return zoneOfCalendar && isZone(zoneOfCalendar) ? toMoment(wall, zoneOfCalendar) : wall;
}

/** When the occurrences of an event begin, as far as the span goes. */
function startsOf(event: Event, { from, to }: Span): number[] {
  const { component, start, startsAt, lengthMs } = event;
  if (!component.hasProperty('rrule') && !component.hasProperty('rdate')) return [startsAt];
  const left = new Set(
    component
      .getAllProperties('exdate')
      .flatMap((property) => property.getValues())
      .flatMap((time) => (time instanceof ICAL.Time ? [event.toMoment(time)] : [])),
  );
  const starts: number[] = [];
  const expansion = new ICAL.RecurExpansion({ component, dtstart: start });
  for (let next = expansion.next(); next; next = expansion.next()) {
    const moment = event.toMoment(next);
    if (moment >= to) break;
    if (moment + lengthMs > from && !left.has(moment)) starts.push(moment);
  }
  return starts;
}

function occurrence({ component, series, start, lengthMs }: Event, startsAt: number, span: Span): Meeting[] {
  const endsAt = startsAt + lengthMs;
  if (startsAt >= span.to || endsAt <= span.from) return [];
  const url = URL.parse(textOf(component, 'url') ?? '');
  return [
    {
      series,
      title: textOf(component, 'summary') ?? 'Meeting',
      startsAt,
      endsAt,
      allDay: start.isDate,
      place: textOf(component, 'location'),
      description: textOf(component, 'description'),
      href: url && /^https?:$/.test(url.protocol) ? url.href : null,
    },
  ];
}
