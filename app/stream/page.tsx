import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { HubPage } from '../hub/hub-page.tsx';
import { getViewer } from '../viewer.ts';

export const metadata: Metadata = { title: 'My Stream' };

/** What concerns the one signed in; nobody else reads it. */
export default async function Page() {
  const viewer = await getViewer();
  if (!viewer) redirect('/sign-in?to=/stream');
  return <HubPage type="stream" name={viewer.person.username} />;
}
