import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readDraft } from '../../hubs/drafts.ts';
import { readLocalPath } from '../forms/read-form.ts';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

export const metadata: Metadata = { title: 'Sign in' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** What brought the reader here: the page to come back to, what they pressed there, and what went wrong on the way. */
async function readPurpose(query: Awaited<Props['searchParams']>) {
  const { database } = getStores();
  const to = readLocalPath(query.to) ?? '/';
  const id = one(query.draft);
  const draft = id ? await readDraft(database, id, null) : null;
  if (draft?.action !== '/auth/start')
    return { to, draft: draft ? id : '', pressed: draft !== null, problem: '' };
  // The start of a sign-in that did not come through.
  const before = one(draft.fields.draft);
  return { to: one(draft.fields.to), draft: before, pressed: before !== '', problem: draft.errors[''] ?? '' };
}

export default async function SignIn({ searchParams }: Props) {
  const { settings, providers } = getStores();
  const { to, draft, pressed, problem } = await readPurpose(await searchParams);
  if (!problem && (await getViewer())) redirect(to);
  const isOne = providers.length === 1;
  return (
    <div className="mx-auto max-w-md px-4 py-12">
      <h1 className="font-semibold text-2xl">Sign in</h1>
      {problem && (
        <p role="alert" className="mt-4 rounded-md bg-warn-soft px-4 py-3 text-warn">
          {problem}
        </p>
      )}
      <p className="mt-3 text-muted">
        {pressed
          ? 'Sign in to finish what you began. Nothing you pressed or typed is lost.'
          : 'Signed in, you follow teams, join them, and have a hub of your own.'}
      </p>
      {providers.length === 0 ? (
        <p className="mt-6 rounded-md border border-line bg-surface px-4 py-3">
          Nobody can sign in here yet: an administrator names the places to sign in with in the setting{' '}
          <code className="font-mono">OIDC_PROVIDERS</code>.
        </p>
      ) : (
        <form action="/auth/start" method="post" className="mt-6 grid gap-3">
          <input type="hidden" name="to" value={to} />
          {draft && <input type="hidden" name="draft" value={draft} />}
          {providers.map((provider, at) => (
            <button
              key={provider.name}
              type="submit"
              name="provider"
              value={provider.name}
              className={`cursor-pointer rounded-md border px-4 py-2.5 font-medium ${at === 0 ? 'border-accent bg-accent text-surface' : 'border-line-strong bg-surface text-text hover:bg-sunken'}`}
            >
              Sign in with {provider.label}
            </button>
          ))}
        </form>
      )}
      {settings.ACCOUNTS_URL && (
        <p className="mt-4">
          New here? <a href={settings.ACCOUNTS_URL}>Create an account</a>
        </p>
      )}
      {providers.length > 0 && (
        <p className="mt-6 text-muted text-sm">
          {isOne ? `You are asked there, at ${hostOf(providers[0]?.issuer)}` : 'You are asked there'}, and
          come back here. Hubs learns your user name, your name and your groups, never your password. The
          first time, you get a public hub and a stream that only you read.
        </p>
      )}
    </div>
  );
}

const hostOf = (issuer = '') => URL.parse(issuer)?.host ?? issuer;
