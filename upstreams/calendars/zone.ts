// The zones of a calendar's times. What a clock on the wall shows ("wall") is written in milliseconds as if it were UTC.
import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { isZone, nameOf, toMoment, toWall } from './wall-time.ts';

export interface Zone {
  toMoment(wall: number): number;
  toWall(moment: number): number;
  /** What a calendar that names the zone says of it; null where it can't be said. */
  define(): ZoneDefinition | null;
}

export interface ZoneDefinition {
  id: string;
  /** A VTIMEZONE (RFC 5545, 3.6.5), lines ended by CRLF. */
  text: string;
}

export const utc: Zone = { toMoment: (wall) => wall, toWall: (moment) => moment, define: () => null };

/** By the zone's name where IANA knows it, else as the file describes it; UTC where it says nothing. */
export function zoneOf(property: ICAL.Property, zoneOfCalendar: string | null): Zone {
  const time = property.getFirstValue();
  if (!(time instanceof ICAL.Time) || time.isDate || time.zone === ICAL.Timezone.utcTimezone) return utc;
  const tzid = property.getParameter('tzid');
  // Fedocal writes `fedocal_Europe/Paris`.
  const named = typeof tzid === 'string' ? tzid.replace(/^fedocal_/, '') : null;
  if (named && isZone(named)) return ianaZone(named);
  if (time.zone && time.zone !== ICAL.Timezone.localTimezone) return describedZone(time.zone);
  return zoneOfCalendar && isZone(zoneOfCalendar) ? ianaZone(zoneOfCalendar) : utc;
}

function ianaZone(name: string): Zone {
  const known = nameOf(name);
  if (known === 'UTC') return utc;
  return {
    toMoment: (wall) => toMoment(wall, name),
    toWall: (moment) => toWall(moment, name),
    define: () => {
      const [text = ''] = tzlib_get_ical_block(known);
      const id = /^TZID:(.+)$/m.exec(text)?.[1]?.trim();
      return id ? { id, text } : null;
    },
  };
}

function describedZone(zone: ICAL.Timezone): Zone {
  const offsetMs = (wall: number) => zone.utcOffset(timeAt(wall)) * 1_000;
  return {
    toMoment: (wall) => wall - offsetMs(wall),
    toWall: (moment) => moment + offsetMs(moment + offsetMs(moment)),
    define: () => {
      const text = zone.component && copyZone(zone.tzid, zone.component);
      return text && text.length <= DEFINITION_LENGTH ? { id: zone.tzid, text } : null;
    },
  };
}

/** Those that mail programs write have some 500 characters, one with each change since 1970 some 6,000. */
const DEFINITION_LENGTH = 8_000;
const IN_OBSERVANCE = new Set(['dtstart', 'tzoffsetfrom', 'tzoffsetto', 'rrule', 'rdate', 'tzname']);

/** What makes it a zone, and nothing else that a file may have in there. */
function copyZone(tzid: string, given: ICAL.Component): string {
  const copy = new ICAL.Component('vtimezone');
  copy.addPropertyWithValue('tzid', tzid);
  for (const kind of ['standard', 'daylight']) {
    for (const part of given.getAllSubcomponents(kind)) {
      const observance = new ICAL.Component(kind);
      for (const property of part.getAllProperties())
        if (IN_OBSERVANCE.has(property.name)) observance.addProperty(new ICAL.Property(property.toJSON()));
      copy.addSubcomponent(observance);
    }
  }
  return copy.toString();
}

/** As a time without a zone. */
export function timeAt(wall: number): ICAL.Time {
  const time = ICAL.Time.fromJSDate(new Date(wall), true);
  time.zone = ICAL.Timezone.localTimezone;
  return time;
}
