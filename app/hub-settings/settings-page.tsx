import Link from 'next/link';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { Button, Form } from '../../ui/form.tsx';
import { givenBack } from '../forms/given-back.ts';
import { notHere, orNotHere } from '../not-here.tsx';
import { Other } from './other.tsx';
import { readOwned } from './read-owned.ts';
import { SettingsLayout } from './settings-layout.tsx';
import { tabForms } from './tab-forms.tsx';
import { tabPath, tabsOf } from './tabs.ts';

interface Props {
  type: HubInfo['type'];
  params: Promise<{ name: string; tab: string }>;
  searchParams: Promise<{ draft?: string | string[] }>;
}

/** One tab of a hub's settings. */
export const SettingsPage = orNotHere(async ({ type, params, searchParams }: Props) => {
  const { name, tab } = await params;
  const { draft } = await searchParams;
  const hub = await readOwned(type, name, tab);
  if (!tabsOf(type).some((one) => one.tab === tab)) notHere();
  const fields = tabForms[tab];
  const action = `/api/hubs/${hub.id}/settings/${tab}`;
  return (
    <SettingsLayout hub={hub} tab={tab}>
      {hub.archivedAt && tab !== 'other' && (
        <p className="mb-4 rounded-md bg-warn-soft px-4 py-3 text-warn">
          This hub is archived and can’t be changed. Under{' '}
          <Link href={tabPath(hubPath(hub), 'other')}>Other</Link> it can be woken.
        </p>
      )}
      {tab === 'other' && <Other hub={hub} draft={draft} />}
      {fields && (
        <Form action={action} given={await givenBack(draft, action)} confirms className="max-w-2xl">
          <input type="hidden" name="version" value={hub.version} />
          {fields(hub)}
          <Button look="strong">Save</Button>
        </Form>
      )}
    </SettingsLayout>
  );
});
