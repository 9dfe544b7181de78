'use client';
import { useEffect } from 'react';

const RETRY_MS = 5_000;

/** What a page shows that could not be made; the reason is in the log, under the digest. */
export default function PageError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  useEffect(() => {
    const timer = setInterval(retry, RETRY_MS);
    return () => clearInterval(timer);
  }, [retry]);
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="font-semibold text-2xl">This page can't be shown right now</h1>
      <p className="mt-3 text-muted">
        Hubs could not read what belongs here. That is usually over within a minute; nothing is lost. This
        page tries again by itself every 5 seconds.
      </p>
      <p className="mt-5">
        <button
          type="button"
          onClick={() => retry()}
          className="cursor-pointer rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium hover:bg-sunken"
        >
          Try again
        </button>
      </p>
      {error.digest && (
        <p className="mt-6 text-muted text-sm">
          If it lasts, tell an administrator this number: <code className="font-mono">{error.digest}</code>
        </p>
      )}
    </div>
  );
}
