import Link from 'next/link';

export const metadata = { title: 'Not here' };

export default function NotFound() {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="font-semibold text-2xl">There is no hub here</h1>
      <p className="mt-3 text-muted">
        The name may be mistyped, the person may never have signed in, or the hub is not for everybody. Teams
        live under <code className="font-mono text-text">/t/name</code>, people under{' '}
        <code className="font-mono text-text">/u/name</code>.
      </p>
      <p className="mt-5">
        <Link href="/groups">See all teams</Link>
      </p>
    </div>
  );
}
