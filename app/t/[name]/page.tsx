import type { Metadata } from 'next';
import { HubPage } from '../../hub/hub-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<{ as?: string | string[]; draft?: string | string[] }>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await params).name,
});

export default async function Page({ params, searchParams }: Props) {
  const { as, draft } = await searchParams;
  return <HubPage type="team" name={(await params).name} as={as} draft={draft} />;
}
