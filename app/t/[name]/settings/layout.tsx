import type { ReactNode } from 'react';
import { SettingsLayout } from '../../../hub-settings/settings-layout.tsx';

interface Props {
  params: Promise<{ name: string }>;
  children: ReactNode;
}

export default async function Layout({ params, children }: Props) {
  return (
    <SettingsLayout type="team" path={`/t/${(await params).name}`}>
      {children}
    </SettingsLayout>
  );
}
