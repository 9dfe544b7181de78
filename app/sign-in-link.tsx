'use client';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';

/** Leads back to the page it stands on. */
export function SignInLink() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const here = `${path}${query ? `?${query}` : ''}`;
  const href = path === '/sign-in' || here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`;
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex items-center rounded-md border border-line-strong px-3 py-1 font-medium text-sm text-text touch:min-h-11 hover:bg-sunken hover:no-underline"
    >
      Sign in
    </Link>
  );
}
