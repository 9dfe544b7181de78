import type { Metadata } from 'next';
import { EntryPage } from '../../../../hub/entry-page.tsx';

interface Props {
  params: Promise<{ name: string; id: string }>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `An entry of ${(await params).name}`,
});

export default async function Page({ params }: Props) {
  return <EntryPage type="user" {...(await params)} />;
}
