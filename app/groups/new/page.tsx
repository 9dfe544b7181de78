import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Button, Choice, Field, Form } from '../../../ui/form.tsx';
import { givenBack } from '../../forms/given-back.ts';
import { visibilities } from '../../hub-settings/tab-forms.tsx';
import { Side } from '../../side/side.tsx';
import { getViewer } from '../../viewer.ts';
import { teamKinds } from '../team-kinds.ts';

export const metadata: Metadata = { title: 'New team hub' };

export default async function Page({ searchParams }: { searchParams: Promise<{ draft?: string }> }) {
  const { draft } = await searchParams;
  if (!(await getViewer())) redirect('/sign-in?to=/groups/new');
  return (
    <Side>
      <div className="mx-auto max-w-2xl px-4 py-6">
        <h1 className="font-semibold text-2xl">New team hub</h1>
        <p className="mt-1 text-muted">
          For a team that has no group in the accounts system. You own it, and can add other owners later.
        </p>
        <Form
          action="/api/hubs"
          given={await givenBack(draft, '/api/hubs')}
          className="mt-5 rounded-lg border border-line bg-surface px-5 pt-5 pb-6 shadow-card"
        >
          <Field
            name="name"
            label="Name"
            required
            maxLength={64}
            hint="Stands in the address, and stays: letters without accents, digits, _ . and -"
          />
          <Choice name="teamKind" label="Kind" value="team" options={teamKinds} />
          <Field
            name="summary"
            label="Summary"
            maxLength={200}
            hint="The long name, or what the team is for."
          />
          <Field
            name="description"
            type="textarea"
            label="Description"
            maxLength={10000}
            hint="What you do and whom you look for. Markdown."
          />
          <Choice name="visibility" label="Who may see it" value="public" options={visibilities} />
          <Choice
            name="joinMode"
            label="How people join"
            value="request"
            options={[
              ['request', 'They ask, an owner answers'],
              ['open', 'At once'],
              ['accounts', 'An owner adds them'],
            ]}
          />
          <Button look="strong">Make the hub</Button>
        </Form>
      </div>
    </Side>
  );
}
