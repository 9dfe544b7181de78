import type { Metadata } from 'next';
import { Button, Choice, Field, Form } from '../../../ui/form.tsx';
import { givenBack } from '../../forms/given-back.ts';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'Display' };

const action = '/api/me/preferences';

/** Time zone and theme. */
export default async function Display({
  searchParams,
}: {
  searchParams: Promise<{ draft?: string | string[] }>;
}) {
  const viewer = await demandViewer('/settings/profile');
  const { timeZone, theme } = await getStores().database.person.findUniqueOrThrow({
    where: { id: viewer.person.id },
  });
  return (
    <Form action={action} given={await givenBack((await searchParams).draft, action)} confirms>
      <h2 className="mb-4 font-semibold text-lg">How Hubs shows itself to you</h2>
      <Choice
        name="theme"
        label="Theme"
        value={theme}
        options={[
          ['system', 'As your device has it'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
      <Field
        name="timeZone"
        label="Time zone"
        value={timeZone ?? ''}
        placeholder="Europe/Berlin"
        hint="Empty: the time zone of the browser you look with."
      />
      <Button look="strong">Save</Button>
    </Form>
  );
}
