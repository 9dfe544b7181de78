import type { Metadata } from 'next';
import { HubPage, type HubQuery } from '../../hub/hub-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<HubQuery>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await params).name,
});

export default async function Page({ params, searchParams }: Props) {
  return <HubPage type="team" name={(await params).name} query={await searchParams} />;
}
