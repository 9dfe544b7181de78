import type { HubInfo } from '../../hubs/find-hub.ts';
import { Button, Field, Form } from '../../ui/form.tsx';
import { givenBack } from '../forms/given-back.ts';

/** Archive, export, delete. */
export async function Other({ hub, draft }: { hub: HubInfo; draft: string | string[] | undefined }) {
  const api = `/api/hubs/${hub.id}`;
  const section = 'mb-8 border-line border-b pb-6 last:border-0';
  return (
    <>
      <section className={section}>
        <h2 className="font-semibold text-lg">Export</h2>
        <p className="mt-1 mb-3 text-muted text-sm">
          Configuration, people, layout, links and requests for help, as JSON.
        </p>
        <a href={`${api}/export`} download>
          Export {hub.name}
        </a>
      </section>
      {hub.type === 'team' && (
        <>
          <section className={section}>
            <h2 className="font-semibold text-lg">{hub.archivedAt ? 'Wake it' : 'Archive'}</h2>
            <p className="mt-1 mb-3 text-muted text-sm">
              {hub.archivedAt
                ? 'The hub is read-only, out of navigation and out of the directory. Woken, it is as it was.'
                : 'An archived hub is read-only, out of navigation and out of the directory’s list. It can be woken.'}
            </p>
            <Form action={`${api}/archive`} given={await givenBack(draft, `${api}/archive`)}>
              <input type="hidden" name="archived" value={hub.archivedAt ? 'no' : 'yes'} />
              <Button>{hub.archivedAt ? `Wake ${hub.name}` : `Archive ${hub.name}`}</Button>
            </Form>
          </section>
          <section className={section}>
            <h2 className="font-semibold text-lg">Delete</h2>
            <p className="mt-1 mb-3 text-muted text-sm">
              With its feed, its layout, its links and its people’s roles. For good.
            </p>
            <Form action={`${api}/delete`} given={await givenBack(draft, `${api}/delete`)}>
              <Field name="name" label={`Type ${hub.name} to say that you mean it`} required />
              <Button look="danger">Delete {hub.name}</Button>
            </Form>
          </section>
        </>
      )}
    </>
  );
}
