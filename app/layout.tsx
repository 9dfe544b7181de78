import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from '../ui/icons.tsx';
import { Account } from './account.tsx';
import { readPreferences } from './preferences.ts';
import { getStores } from './stores.ts';
import './globals.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Hubs', template: '%s · Hubs' },
  description: 'What people and teams of the project do, live, on one page each.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1a2028' },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const { theme, timeZone } = await readPreferences();
  const { SOURCE_URL } = getStores().settings;
  return (
    <html
      lang="en"
      {...(theme === 'system' ? {} : { 'data-theme': theme })}
      {...(timeZone ? { 'data-time-zone': timeZone } : {})}
    >
      <body className="flex min-h-dvh flex-col font-sans">
        <a
          href="#content"
          className="sr-only bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
        >
          Skip to the content
        </a>
        <header className="border-line border-b bg-surface">
          <nav
            aria-label="Main"
            className="mx-auto flex min-h-13 max-w-6xl items-center gap-6 px-4 py-1 [body:has(#account)_&]:max-w-[88rem]"
          >
            <Link href="/" className="flex items-center gap-2 text-text hover:no-underline">
              <Mark className="size-7" />
              <span className="font-semibold text-lg tracking-tight">hubs</span>
            </Link>
            <Link href="/groups" className="text-muted text-sm hover:text-text">
              Teams
            </Link>
            <Account />
          </nav>
        </header>
        <main id="content" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <footer className="mt-12 border-line border-t">
          <p className="mx-auto flex max-w-6xl flex-wrap gap-x-4 gap-y-1 px-4 py-5 text-muted text-sm [body:has(#account)_&]:max-w-[88rem]">
            <span>
              Hubs is free software under the <a href="/licence">AGPL, version 3 or later</a>
              {SOURCE_URL && (
                <>
                  ; here is <a href={SOURCE_URL}>its source</a>
                </>
              )}
              .
            </span>
          </p>
        </footer>
      </body>
    </html>
  );
}
