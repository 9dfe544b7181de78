// Who asks: read from the session's cookie once per request.
import { cookies } from 'next/headers';
import { cache } from 'react';
import { cookieName, findViewer } from '../hubs/sessions.ts';
import type { Viewer } from '../hubs/viewer.ts';
import { getStores } from './stores.ts';

/** The one signed in, or null for a visitor. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const { settings, database } = getStores();
  const token = (await cookies()).get(cookieName(settings.BASE_URL))?.value;
  return token ? findViewer(database, token, settings) : null;
});
