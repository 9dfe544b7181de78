import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { LayoutPage, type LayoutQuery } from '../../hub-layout/layout-page.tsx';
import { getViewer } from '../../viewer.ts';

export const metadata: Metadata = { title: 'Layout of My Stream' };

export default async function Page({ searchParams }: { searchParams: Promise<LayoutQuery> }) {
  const viewer = await getViewer();
  if (!viewer) redirect('/sign-in?to=/stream/layout');
  return <LayoutPage type="stream" name={viewer.person.username} query={await searchParams} />;
}
