import type { Metadata } from 'next';
import { Age } from '../../../ui/age.tsx';
import { getStores } from '../../stores.ts';
import { readStream } from '../read-stream.ts';
import { Panel, StreamFrame } from '../stream-frame.tsx';
import { readActions } from './read-actions.ts';

export const metadata: Metadata = { title: 'Actions' };

const names = { decide: 'Decide', help: 'Help', assigned: 'Assigned', review: 'Review' };

/** What waits for the one signed in, everywhere; who waits longest comes first. */
export default async function Actions() {
  const now = Date.now();
  const { viewer, hub } = await readStream('/stream/actions');
  const actions = await readActions(getStores(), viewer, hub);
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream/actions" now={now}>
      <Panel title="What waits for you">
        {actions.length === 0 ? (
          <p className="px-4 py-6 text-muted">
            Nothing waits for you. Who asks to join a team you own, help you promised, tickets assigned to you
            and reviews you are asked for stand here.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {actions.map(({ key, what, title, href, words, since }) => (
              <li key={key} className="flex items-start gap-3 px-4 py-3">
                <span className="w-20 shrink-0 rounded-full bg-sunken px-2 py-0.5 text-center font-medium text-muted text-xs">
                  {names[what]}
                </span>
                <div className="min-w-0 flex-1">
                  <a href={href} className="break-words font-semibold">
                    {title}
                  </a>
                  <p className="text-muted text-sm">
                    {words} · <Age time={since} now={now} className="whitespace-nowrap" />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </StreamFrame>
  );
}
