import { redirect } from 'next/navigation';
import type { Viewer } from '../../hubs/viewer.ts';
import { getViewer } from '../viewer.ts';

/** Whose settings these are; a visitor signs in first, and comes back to the page. */
export const demandViewer = async (page: string): Promise<Viewer> =>
  (await getViewer()) ?? redirect(`/sign-in?to=${encodeURIComponent(page)}`);
