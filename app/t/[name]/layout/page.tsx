import type { Metadata } from 'next';
import { LayoutPage, type LayoutQuery } from '../../../hub-layout/layout-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<LayoutQuery>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Layout of ${(await params).name}`,
});

export default async function Page({ params, searchParams }: Props) {
  return <LayoutPage type="team" name={(await params).name} query={await searchParams} />;
}
