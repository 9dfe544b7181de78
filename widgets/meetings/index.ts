import { fedocalMeetings } from '../../upstreams/calendars/fedocal.ts';
import { icalMeetings } from '../../upstreams/calendars/ical.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { defineWidget } from '../kind.ts';
import { type Meetings, soonOf } from './meetings.ts';
import { type MeetingsOwn, readMeetings } from './read-meetings.ts';
import { type MeetingsSettings, settings } from './settings.ts';

/** A calendar in Fedocal by its name, or the address of an iCal file. */
type Part = { calendar: string } | { address: string };

const isAddress = (text: string): boolean => /^https?:/i.test(text);

export const meetings = defineWidget<MeetingsSettings, MeetingsOwn, Part, Meetings>({
  kind: 'meetings',
  label: 'Meetings',
  description: 'When and where the team meets next, counted down.',
  hubTypes: ['team'],
  column: 'right',
  settings,
  read: readMeetings,
  loader: {
    version: 3,
    part: ({ calendar }, hub) => {
      const used = calendar || hub.calendar;
      if (!used) return null;
      return isAddress(used) ? { address: used } : { calendar: used };
    },
    asks: (part) => ('calendar' in part ? 'fedocal' : new URL(part.address).host),
    // An iCal file says nothing of its changes; Fedocal does.
    interests: (part) => ('calendar' in part ? [`calendar:${part.calendar}`] : []),
    maxAgeMs: 60 * 60_000,
    load: async (part, { services, signal, exchange, now }) => {
      if ('address' in part) {
        const { host, origin } = new URL(part.address);
        const { name, ...schedule } = await icalMeetings(part.address, { now, signal, exchange });
        // The address itself may be a secret of the calendar's owner: only where it lies is told.
        return {
          value: { calendar: name ?? host, ...schedule, href: null },
          source: { name: host, href: origin },
        };
      }
      if (!services.fedocal) throw new UpstreamError('No Fedocal is set up for Hubs.', { retry: false });
      const found = await fedocalMeetings(services.fedocal, part.calendar, { now, signal, exchange });
      const name = new URL(services.fedocal).host;
      return { value: { calendar: part.calendar, ...found }, source: { name, href: found.href } };
    },
    shown: (value, { n }, now) => ({ ...value, series: [], meetings: soonOf(value.meetings, n, now) }),
  },
  isEmpty: (_own, loaded) => loaded === null,
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
