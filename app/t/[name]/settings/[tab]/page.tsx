import type { Metadata } from 'next';
import { SettingsPage } from '../../../../hub-settings/settings-page.tsx';

interface Props {
  params: Promise<{ name: string; tab: string }>;
  searchParams: Promise<{ draft?: string | string[] }>;
}

export const metadata: Metadata = { title: 'Hub settings' };

export default function Page(props: Props) {
  return <SettingsPage type="team" {...props} />;
}
