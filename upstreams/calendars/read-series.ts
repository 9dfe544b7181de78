// What a calendar program needs of an event that repeats, instead of its occurrences.
import ICAL from 'ical.js';
import type { Series, Span } from './meeting.ts';
import { type CalendarEvent, sayTime, wallOf, wordsOf } from './read-event.ts';
import { timeAt, utc } from './zone.ts';

/** Of each kind the newest are kept; the span alone has room for 210 days. */
const EXCEPTIONS = 300;
const RULE_LENGTH = 500;

/**
 * The one rule of an event, whose end is made comparable to the event's beginning.
 * @returns null where it has none, or several (which RFC 5545 advises against, and programs read differently)
 */
export function readRule({ component, zone }: CalendarEvent): ICAL.Recur | null {
  const [property, ...others] = component.getAllProperties('rrule');
  const rule = property?.getFirstValue();
  if (!(rule instanceof ICAL.Recur) || others.length > 0) return null;
  if (rule.until?.zone === ICAL.Timezone.utcTimezone && zone !== utc) {
    const start = component.getFirstPropertyValue('dtstart');
    const until = timeAt(zone.toWall(wallOf(rule.until)));
    if (start instanceof ICAL.Time && start.zone) until.zone = start.zone;
    rule.until = until;
  }
  return rule;
}

/**
 * @param left when occurrences that don't take place would have begun
 * @param changed its occurrences that are otherwise than the rule says
 * @returns null where it can't be handed on as it is
 */
export function readSeries(
  event: CalendarEvent,
  rule: ICAL.Recur,
  { left, changed, span }: { left: Iterable<number>; changed: CalendarEvent[]; span: Span },
): Series | null {
  const timed = event.zone !== utc && !event.allDay;
  const zone = timed ? event.zone.define() : null;
  const says = sayRule(rule, event);
  const lefts = newest([...left], (moment) => moment, span);
  const changes = newest(changed, ({ instead }) => instead ?? 0, span);
  if ((timed && !zone) || says.length > RULE_LENGTH || !lefts || !changes) return null;
  return {
    series: event.series,
    ...wordsOf(event.component),
    ...whenOf(event, event),
    zone,
    rule: says,
    left: lefts.map((moment) => sayTime(moment, event)),
    changed: changes.map((other) => ({
      ...wordsOf(other.component),
      ...whenOf(other, { zone: event.zone, allDay: other.allDay }),
      instead: sayTime(other.instead ?? other.startsAt, event),
    })),
  };
}

const whenOf = (
  { startsAt, lengthMs }: CalendarEvent,
  written: Pick<CalendarEvent, 'zone' | 'allDay'>,
): { start: string; end: string } => ({
  start: sayTime(startsAt, written),
  end: sayTime(startsAt + lengthMs, written),
});

/** Its end in UTC, or as a day, as RFC 5545, 3.3.10 wants it. */
function sayRule(rule: ICAL.Recur, { zone, allDay }: CalendarEvent): string {
  const said = rule.clone();
  if (said.until) {
    const until = timeAt(allDay ? wallOf(said.until) : zone.toMoment(wallOf(said.until)));
    if (allDay) until.isDate = true;
    else until.zone = ICAL.Timezone.utcTimezone;
    said.until = until;
  }
  return said.toString();
}

/** Soonest first; null where one would be left out that the span still shows. */
function newest<T>(all: T[], timeOf: (one: T) => number, { from }: Span): T[] | null {
  const sorted = all.sort((a, b) => timeOf(b) - timeOf(a));
  const [dropped] = sorted.slice(EXCEPTIONS);
  return dropped !== undefined && timeOf(dropped) >= from ? null : sorted.slice(0, EXCEPTIONS).reverse();
}
