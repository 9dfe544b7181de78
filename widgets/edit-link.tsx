'use client';
import Link from 'next/link';
import { hubPath } from '../hubs/find-hub.ts';
import type { ViewProps } from './kind.ts';

/** The owner's way to the settings of what they look at. */
export const EditLink = ({ hub, children }: { hub: ViewProps<null, null>['hub']; children: string }) => (
  <Link href={`${hubPath(hub)}/layout`} prefetch={false} className="text-sm">
    <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" className="mr-1 inline size-3.5">
      <path d="m2 11.5-.7 3.2 3.2-.7 7-7-2.5-2.5Zm8-8L12.5 6l1.2-1.2a1 1 0 0 0 0-1.4l-1.1-1.1a1 1 0 0 0-1.4 0Z" />
    </svg>
    {children}
  </Link>
);
