import { joinParts } from '../../activity/activity.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { listLibraries } from '../../hubs/list-libraries.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { isWebAddress } from '../../hubs/web-address.ts';
import { Button, Choice, Field, Form } from '../../ui/form.tsx';
import { backToPage } from '../forms/back-to-page.ts';
import { getStores } from '../stores.ts';

const action = '/api/me/entries';

interface Props {
  entry: ToldEntry;
  /** The hub in whose feed the viewer reads it. */
  hub: { id: number };
  viewer: Viewer | null;
  /** What came back to the form, of the page's address. */
  draft?: string | string[] | undefined;
}

/** Puts what the entry is about into the library of one of the viewer's hubs. Nothing where it has no address. */
export async function Pin({ entry, hub, viewer, draft }: Props) {
  const { link } = entry.activity;
  if (!viewer || !link || !isWebAddress(link)) return null;
  const libraries = await listLibraries(getStores().database, viewer);
  const back = await backToPage(draft);
  return (
    <section id="pin" className="mt-5 max-w-4xl rounded-lg border border-line bg-surface shadow-card">
      <h2 className="border-line border-b px-4 py-2.5 font-semibold text-sm">Pin to a library</h2>
      {libraries.length === 0 ? (
        <p className="px-4 py-4 text-muted text-sm">
          None of your hubs has a library: add the widget to your hub’s page layout, and pin it there.
        </p>
      ) : (
        <Form action={action} given={back?.action === action ? back : null} className="px-4 pt-3 pb-4">
          <input type="hidden" name="entry" value={entry.id} />
          <input type="hidden" name="hub" value={hub.id} />
          <Choice
            name="library"
            label="Library of"
            options={libraries.map(({ id, type, name }) => [
              String(id),
              type === 'user' ? `${name} (yours)` : name,
            ])}
          />
          <Field
            name="title"
            label="Title"
            maxLength={200}
            value={joinParts(entry.activity.parts).slice(0, 200)}
            hint={`It leads to ${link}`}
          />
          <Button name="do" value="pin">
            Pin it
          </Button>
        </Form>
      )}
    </section>
  );
}
