import type { HubInfo } from '../../hubs/find-hub.ts';
import { isWebAddress } from '../../hubs/web-address.ts';
import type { Card } from '../../outputs/card.ts';
import { colourOf, inkOn } from '../../ui/tile-colour.ts';
import { plural, sayDay } from '../../ui/words.ts';
import { countRoles } from '../hub/count-roles.ts';
import type { Stores } from '../stores.ts';
import { makeFeed } from './make-feed.ts';
import { readEntries } from './read-entries.ts';

const ENTRIES_SHOWN = 5;

/** The hub in short, as a visitor may see it. */
export async function readCard(stores: Stores, hub: HubInfo, theme: string | null): Promise<Card> {
  const { items } = await readEntries(stores, hub, null, new URLSearchParams());
  const { members, subscribers } = await countRoles(stores.database, hub);
  const baseUrl = stores.settings.BASE_URL;
  const shown = items.slice(0, ENTRIES_SHOWN);
  const { entries, home } = makeFeed({ hub, items: shown, away: null, baseUrl, self: baseUrl, filter: '' });
  const colour = hub.colour ?? colourOf(hub.name);
  const now = Date.now();
  return {
    name: hub.name,
    summary: hub.summary,
    home,
    picture: hub.avatarUrl && isWebAddress(hub.avatarUrl) ? hub.avatarUrl : null,
    tile: { initial: [...hub.name][0] ?? '?', colour, ink: inkOn(colour) },
    people: hub.type === 'team' ? plural(members, 'member') : plural(subscribers, 'subscriber'),
    entries: entries.map(({ title, link, updated: time }) => ({
      text: title,
      href: link,
      day: sayDay(time, now, 'UTC'),
      time,
    })),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}
