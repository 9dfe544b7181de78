// iCalendar (RFC 5545): from a file's text to the meetings in it, as occurrences in a span of time and as series.
import ICAL from 'ical.js';
import { keepMeetings, type Meeting, type Schedule, type Span } from './meeting.ts';
import { type CalendarEvent, momentsOf, readEvent, textOf, wallOf, wordsOf } from './read-event.ts';
import { readRule, readSeries } from './read-series.ts';
import { withinTime } from './within-time.ts';

export interface Calendar extends Schedule {
  /** What it calls itself (`X-WR-CALNAME`). */
  name: string | null;
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
    const read = roots.map((root) => readRoot(root, span));
    const meetings = read.flatMap((one) => one.meetings);
    return { name, ...keepMeetings({ meetings, series: read.flatMap((one) => one.series) }) };
  });

function readRoot(root: ICAL.Component, span: Span): Schedule {
  const zoneOfCalendar = textOf(root, 'x-wr-timezone');
  const events = root
    .getAllSubcomponents('vevent')
    .flatMap((component) => readEvent(component, zoneOfCalendar) ?? []);
  const isOfSeries = ({ instead }: CalendarEvent) => instead !== null;
  const whole = events.filter((event) => !isOfSeries(event) && !event.isOff);
  const wholes = Map.groupBy(whole, ({ series }) => series);
  const changes = Map.groupBy(events.filter(isOfSeries), ({ series }) => series);
  const found = whole.map((event) =>
    expand(event, {
      changed: changes.get(event.series) ?? [],
      isAlone: wholes.get(event.series)?.length === 1,
      zoneOfCalendar,
      span,
    }),
  );
  // Changed occurrences of what the file does not have, or of a series that is private.
  const strays = [...changes.values()].flat().filter(({ series, isOff }) => !isOff && !wholes.has(series));
  return {
    meetings: [
      ...found.flatMap(({ meetings }) => meetings),
      ...strays.flatMap((event) => occurrence(event, event.startsAt, span, 'listed')),
    ],
    series: found.flatMap(({ series }) => series),
  };
}

interface Around {
  /** The occurrences that are otherwise than the rule says. */
  changed: CalendarEvent[];
  /** Whether no other event has its id, as should be. */
  isAlone: boolean;
  zoneOfCalendar: string | null;
  span: Span;
}

/** An event's occurrences in the span, and the series of those that its rule brings. */
function expand(event: CalendarEvent, { changed, isAlone, zoneOfCalendar, span }: Around): Schedule {
  const { component, startsAt } = event;
  if (!component.hasProperty('rrule') && !component.hasProperty('rdate'))
    return { meetings: occurrence(event, startsAt, span, isAlone ? 'no' : 'listed'), series: [] };

  const left = new Set(leftOut(event, zoneOfCalendar));
  for (const { instead, isOff } of changed) if (instead !== null && isOff) left.add(instead);
  const others = changed.filter(({ isOff }) => !isOff);
  const rule = readRule(event);
  const series = rule && isAlone ? readSeries(event, rule, { left, changed: others, span }) : null;

  const byRule = new Set(series ? startsOf(event, rule, span) : []);
  const replaced = new Set(changed.map(({ instead }) => instead));
  const isOnlyByRule = series && !component.hasProperty('rdate');
  const starts = isOnlyByRule ? [...byRule] : startsOf(event, null, span);
  return {
    meetings: [
      ...starts
        .filter((start) => !left.has(start) && !replaced.has(start))
        .flatMap((start) => occurrence(event, start, span, byRule.has(start) ? 'by-rule' : 'listed')),
      ...others.flatMap((other) => occurrence(other, other.startsAt, span, series ? 'by-rule' : 'listed')),
    ],
    series: series ? [series] : [],
  };
}

/** When occurrences begin that `EXDATE` leaves out; a whole day there is meant as the occurrence on that day. */
function leftOut(
  { component, zone, startsAt, allDay }: CalendarEvent,
  zoneOfCalendar: string | null,
): number[] {
  const clock = zone.toWall(startsAt) % 86_400_000;
  const days = component
    .getAllProperties('exdate')
    .flatMap((property) => property.getValues())
    .flatMap((time) =>
      time instanceof ICAL.Time && time.isDate && !allDay ? [zone.toMoment(wallOf(time) + clock)] : [],
    );
  return [...momentsOf(component, 'exdate', zoneOfCalendar), ...days];
}

/**
 * When the occurrences of an event begin, as far as the span goes.
 * @param rule by this rule alone; null: by all that the event says
 */
function startsOf(event: CalendarEvent, rule: ICAL.Recur | null, { from, to }: Span): number[] {
  const { component, zone, lengthMs } = event;
  const dtstart = component.getFirstPropertyValue('dtstart') as ICAL.Time;
  const expansion = rule?.iterator(dtstart) ?? new ICAL.RecurExpansion({ component, dtstart });
  // A date may be said twice: by a rule, and beside it.
  const starts = new Set<number>();
  for (let next = expansion.next(); next; next = expansion.next()) {
    const moment = zone.toMoment(wallOf(next));
    if (moment >= to) break;
    if (moment + lengthMs > from) starts.add(moment);
  }
  return [...starts];
}

function occurrence(
  { component, series, allDay, lengthMs }: CalendarEvent,
  startsAt: number,
  span: Span,
  repeats: Meeting['repeats'],
): Meeting[] {
  const endsAt = startsAt + lengthMs;
  if (startsAt >= span.to || endsAt <= span.from) return [];
  return [{ series, ...wordsOf(component), startsAt, endsAt, allDay, repeats }];
}
