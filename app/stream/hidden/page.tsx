import type { Metadata } from 'next';
import { Age } from '../../../ui/age.tsx';
import { Form } from '../../../ui/form.tsx';
import { getStores } from '../../stores.ts';
import { readStream } from '../read-stream.ts';
import { Panel, StreamFrame } from '../stream-frame.tsx';
import { readHidden } from './read-hidden.ts';

export const metadata: Metadata = { title: 'Filters' };

/** All that the one signed in hid, and the way back for each. */
export default async function Hidden() {
  const { viewer, hub } = await readStream('/stream/hidden');
  const now = Date.now();
  const hidden = await readHidden(getStores(), viewer, hub);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/hidden" now={now}>
      <Panel title="What you hid">
        {hidden.length === 0 && (
          <p className="px-4 py-6 text-muted">
            Nothing. The menu of an entry hides it, all of its kind, or its hub; here it comes back.
          </p>
        )}
        <ul className="divide-y divide-line">
          {hidden.map(({ id, words, at }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
              <p className="min-w-0 flex-1 basis-60 break-words">
                {words}{' '}
                <span className="text-muted text-xs">
                  <Age time={at} now={now} />
                </span>
              </p>
              <Form action="/api/me/hidden">
                <input type="hidden" name="id" value={id} />
                <button
                  type="submit"
                  name="do"
                  value="show"
                  className="cursor-pointer rounded-md border border-line-strong px-3 py-1 font-medium text-sm hover:bg-sunken"
                >
                  Show again<span className="sr-only">: {words}</span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      </Panel>
    </StreamFrame>
  );
}
