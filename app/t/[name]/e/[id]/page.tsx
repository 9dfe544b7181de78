import type { Metadata } from 'next';
import { EntryPage } from '../../../../hub/entry-page.tsx';
import type { HubQuery } from '../../../../hub/hub-page.tsx';

interface Props {
  params: Promise<{ name: string; id: string }>;
  searchParams: Promise<HubQuery>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `An entry of ${(await params).name}`,
});

export default async function Page({ params, searchParams }: Props) {
  return <EntryPage type="team" {...(await params)} draft={(await searchParams).draft} />;
}
