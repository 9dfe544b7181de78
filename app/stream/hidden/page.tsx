import type { Metadata } from 'next';
import { Age } from '../../../ui/age.tsx';
import { Button, Form } from '../../../ui/form.tsx';
import { plural } from '../../../ui/words.ts';
import { getStores } from '../../stores.ts';
import { readStream } from '../read-stream.ts';
import { Panel, StreamFrame } from '../stream-frame.tsx';
import { type HiddenLine, readHidden } from './read-hidden.ts';

export const metadata: Metadata = { title: 'Filters' };

/** All that the one signed in hid, and the way back for each. */
export default async function Hidden() {
  const now = Date.now();
  const { viewer, hub } = await readStream('/stream/hidden');
  const hidden = await readHidden(getStores(), viewer, hub);
  const gone = hidden.filter(({ isGone }) => isGone);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/hidden" now={now}>
      <Panel title="What you hid">
        {hidden.length === 0 && (
          <p className="px-4 py-6 text-muted">
            Nothing. The menu of an entry hides it, all of its kind, or its hub; here it comes back.
          </p>
        )}
        <Lines lines={hidden.filter(({ isGone }) => !isGone)} now={now} />
        {gone.length > 0 && (
          <details className="not-first:border-line not-first:border-t">
            <summary className="px-4 py-2.5 text-accent text-sm hover:underline">
              {plural(gone.length, 'entry', 'entries')} that your stream does not keep any more
            </summary>
            <Lines lines={gone} now={now} />
          </details>
        )}
      </Panel>
    </StreamFrame>
  );
}

const Lines = ({ lines, now }: { lines: HiddenLine[]; now: number }) => (
  <ul className="divide-y divide-line">
    {lines.map(({ id, words, at }) => (
      <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
        <p className="min-w-0 flex-1 basis-48 break-words">
          {words}{' '}
          <span className="text-muted text-xs">
            <Age time={at} now={now} />
          </span>
        </p>
        <Form action="/api/me/hidden">
          <input type="hidden" name="id" value={id} />
          <Button name="do" value="show">
            Show again<span className="sr-only">: {words}</span>
          </Button>
        </Form>
      </li>
    ))}
  </ul>
);
