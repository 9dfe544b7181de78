import { redirect } from 'next/navigation';

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  redirect(`/t/${(await params).name}/settings/general`);
}
