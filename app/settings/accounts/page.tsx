import type { Metadata } from 'next';
import { readDraft } from '../../../hubs/drafts.ts';
import { listIdentities } from '../../../hubs/sign-in.ts';
import { Age } from '../../../ui/age.tsx';
import { Button, Form } from '../../../ui/form.tsx';
import { labelOf } from '../../auth/rules.ts';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'Accounts' };

interface Props {
  searchParams: Promise<{ draft?: string | string[] }>;
}

/** With which accounts the reader signs in. */
export default async function Accounts({ searchParams }: Props) {
  const { database, providers } = getStores();
  const viewer = await demandViewer('/settings/accounts');
  const { draft } = await searchParams;
  const given = typeof draft === 'string' ? await readDraft(database, draft, viewer.person.id) : null;
  const problem = given?.action === '/auth/link' ? given.errors[''] : undefined;
  const identities = await listIdentities(database, viewer);
  const others = providers.filter((one) => !identities.some((identity) => identity.issuer === one.issuer));
  const now = Date.now();
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts" className="font-semibold text-lg">
        Accounts you sign in with
      </h2>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-warn-soft px-4 py-3 text-warn">
          {problem}
        </p>
      )}
      <p className="mt-1 text-muted text-sm">
        Each of them leads to the same person here: {viewer.person.username}.
      </p>
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {identities.map(({ issuer, subject, createdAt }) => (
          <li
            key={`${issuer} ${subject}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
          >
            <div>
              <p className="font-medium">{labelOf(providers, issuer)}</p>
              <p className="break-words text-muted text-sm">
                {subject} at {URL.parse(issuer)?.host ?? issuer}, linked{' '}
                <Age time={createdAt.getTime()} now={now} />
              </p>
            </div>
            {identities.length > 1 && (
              <Form action="/api/me/accounts/unlink">
                <input type="hidden" name="issuer" value={issuer} />
                <input type="hidden" name="subject" value={subject} />
                <Button aria-label={`Take ${labelOf(providers, issuer)} away`}>Take away</Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <form action="/auth/link" method="post" className="mt-6">
          <h3 className="font-medium">Link another account</h3>
          <p className="mt-1 mb-3 text-muted text-sm">You sign in there once more, and come back here.</p>
          <div className="flex flex-wrap gap-3">
            {others.map(({ name, label }) => (
              <button
                key={name}
                type="submit"
                name="provider"
                value={name}
                className="cursor-pointer rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm hover:bg-sunken"
              >
                Link {label}
              </button>
            ))}
          </div>
        </form>
      )}
    </section>
  );
}
