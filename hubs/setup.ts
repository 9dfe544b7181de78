// What a new team hub still lacks, for its owners.
import type { Database } from '../prisma/client.ts';
import { tellBrowsers } from './changes.ts';
import { type Asking, enterHub } from './enter-hub.ts';
import type { HubInfo } from './find-hub.ts';

export interface Unset {
  /** The settings tab where it is set (app/hub-settings/tabs.ts). */
  tab: string;
  words: string;
}

/** In the order of their use to a newcomer. */
const parts: (Unset & { isSet(hub: HubInfo): boolean })[] = [
  { tab: 'general', words: 'Say in a line what this team is', isSet: (hub) => hub.summary !== '' },
  { tab: 'general', words: 'Welcome those who look in', isSet: (hub) => hub.description !== '' },
  { tab: 'people', words: 'Say how somebody joins', isSet: (hub) => hub.joinText !== '' },
  {
    tab: 'development',
    words: 'Name the projects, packages or discussions whose news belong here',
    isSet: (hub) => hub.projects.length > 0 || hub.packages.length > 0 || hub.discourseTag !== null,
  },
  { tab: 'chat', words: 'Name the room where you talk', isSet: (hub) => hub.chatUrl !== null },
  { tab: 'list', words: 'Name the mailing list', isSet: (hub) => hub.mailingList !== null },
  { tab: 'calendar', words: 'Name the calendar of your meetings', isSet: (hub) => hub.calendar !== null },
];

/** What is unset, with where to set it; nothing for a hub whose owners have seen to it or put the list away. */
export function listUnset(hub: HubInfo): Unset[] {
  if (hub.type !== 'team' || hub.setupDone || hub.archivedAt) return [];
  return parts.filter((part) => !part.isSet(hub)).map(({ tab, words }) => ({ tab, words }));
}

/** Puts the list away for every owner. */
export async function dismissSetup(database: Database, asking: Asking): Promise<void> {
  await database.$transaction(async (tx) => {
    const { hub } = await enterHub(tx, asking, 'configure');
    if (hub.setupDone) return;
    await tx.hub.update({ where: { id: hub.id }, data: { setupDone: true } });
    await tellBrowsers(tx, hub, 'hub');
  });
}
