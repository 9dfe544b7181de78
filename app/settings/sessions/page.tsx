import type { Metadata } from 'next';
import { listSessions } from '../../../hubs/sessions.ts';
import { Age } from '../../../ui/age.tsx';
import { Button, Form } from '../../../ui/form.tsx';
import { labelOf } from '../../auth/rules.ts';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';
import { describeBrowser } from './browser-words.ts';

export const metadata: Metadata = { title: 'Sessions' };

const DAY_MS = 86_400_000;

/** Where the reader is signed in, and how to end it. */
export default async function Sessions() {
  const { database, settings, providers } = getStores();
  const viewer = await demandViewer('/settings/sessions');
  const sessions = await listSessions(database, viewer, settings);
  const now = Date.now();
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" className="font-semibold text-lg">
        Where you are signed in
      </h2>
      <p className="mt-1 text-muted text-sm">
        A session ends by itself after {Math.round(settings.SESSION_IDLE_MS / DAY_MS)} days without a visit,
        and {Math.round(settings.SESSION_MAX_MS / DAY_MS)} days after it began.
      </p>
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {sessions.map(({ id, userAgent, createdAt, seenAt, issuer }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
            <div>
              <p className="font-medium">
                {describeBrowser(userAgent)}
                {id === viewer.session && (
                  <span className="ml-2 rounded bg-accent-soft px-2 py-0.5 font-normal text-accent text-sm">
                    this browser
                  </span>
                )}
              </p>
              <p className="text-muted text-sm">
                {id === viewer.session ? (
                  'In use now'
                ) : (
                  <>
                    Last seen <Age time={seenAt.getTime()} now={now} />
                  </>
                )}
                , signed in <Age time={createdAt.getTime()} now={now} /> with {labelOf(providers, issuer)}
              </p>
            </div>
            {id !== viewer.session && (
              <Form action={`/api/me/sessions/${id}/end`}>
                <Button aria-label={`End the session of ${describeBrowser(userAgent)}`}>End</Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form action="/api/me/sessions/end-others" className="mt-4">
          <Button look="danger">End all others</Button>
        </Form>
      )}
    </section>
  );
}
