import { findViewer } from '../../hubs/sessions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { nameCookie, readCookies } from '../cookies.ts';
import type { Stores } from '../stores.ts';

/** Who sends the request; null for a visitor. */
export async function viewerOf({ settings, database }: Stores, request: Request): Promise<Viewer | null> {
  const token = readCookies(request).get(nameCookie(settings.BASE_URL));
  return token ? findViewer(database, token, settings) : null;
}
