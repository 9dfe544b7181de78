import { notFound } from 'next/navigation';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { Button, Form } from '../../ui/form.tsx';
import { givenBack } from '../forms/given-back.ts';
import { demandOwner, SettingsFrame } from './frame.tsx';
import { Other } from './other.tsx';
import { tabForms } from './tab-forms.tsx';
import { tabsOf } from './tabs.ts';

interface Props {
  type: HubInfo['type'];
  params: Promise<{ name: string; tab: string }>;
  searchParams: Promise<{ draft?: string | string[] }>;
}

/** One tab of a hub's settings. */
export async function SettingsPage({ type, params, searchParams }: Props) {
  const { name, tab } = await params;
  const { draft } = await searchParams;
  const hub = await demandOwner(type, name, tab);
  const known = tabsOf(type).find((one) => one.tab === tab);
  if (!known) notFound();
  const fields = tabForms[tab];
  const action = `/api/hubs/${hub.id}/settings/${tab}`;
  return (
    <SettingsFrame hub={hub}>
      {tab === 'other' && <Other hub={hub} draft={draft} />}
      {fields && (
        <Form action={action} given={await givenBack(draft, action)}>
          <h2 className="mb-4 font-semibold text-lg">{known.name}</h2>
          <input type="hidden" name="version" value={hub.version} />
          {fields(hub)}
          <Button look="strong">Save</Button>
        </Form>
      )}
    </SettingsFrame>
  );
}
