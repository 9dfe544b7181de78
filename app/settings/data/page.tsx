import type { Metadata } from 'next';
import { Button, Field, Form } from '../../../ui/form.tsx';
import { givenBack } from '../../forms/given-back.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'Your data' };

const action = '/api/me/erase';

/** Export, erase. */
export default async function Data({
  searchParams,
}: {
  searchParams: Promise<{ draft?: string | string[] }>;
}) {
  const { person } = await demandViewer('/settings/data');
  return (
    <>
      <section className="mb-8 border-line border-b pb-6">
        <h2 className="font-semibold text-lg">Export</h2>
        <p className="mt-1 mb-3 text-muted text-sm">Everything Hubs keeps about you, as JSON.</p>
        <a href="/api/me/export" download>
          Export what Hubs keeps about me
        </a>
      </section>
      <section>
        <h2 className="font-semibold text-lg">Erase</h2>
        <p className="mt-1 mb-3 text-muted text-sm">
          Your hub, your stream, your roles and all you saved, for good. A team that you alone own, and no
          group holds, is archived and left to the site admins. Your account with the accounts system stays.
        </p>
        <Form action={action} given={await givenBack((await searchParams).draft, action)}>
          <Field name="name" label={`Type ${person.username} to say that you mean it`} required />
          <Button look="danger">Erase everything</Button>
        </Form>
      </section>
    </>
  );
}
