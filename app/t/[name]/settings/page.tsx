import { redirect } from 'next/navigation';
import { tabPath } from '../../../hub-settings/tabs.ts';

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  redirect(tabPath(`/t/${(await params).name}`, 'general'));
}
