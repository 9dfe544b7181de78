import { after } from 'next/server';
import { noteVisit } from '../../hubs/note-visit.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { getStores } from '../stores.ts';

/** Notes, after the answer, that the viewer looks at the hub; it never fails the page. */
export function rememberVisit(viewer: Viewer, hubId: number): void {
  const { database, log } = getStores();
  after(() =>
    noteVisit(database, viewer.person.id, hubId).catch((error: unknown) =>
      log.error({ err: error }, 'a visit could not be noted'),
    ),
  );
}
