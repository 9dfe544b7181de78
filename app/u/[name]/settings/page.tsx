import { redirect } from 'next/navigation';

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  redirect(`/u/${(await params).name}/settings/general`);
}
