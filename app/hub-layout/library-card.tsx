import type { ReactNode } from 'react';
import type { KindOffer } from './offer.ts';

/** A kind of widget in the library: picture, name, what it shows, where it fits. */
export function LibraryCard({ offer, children }: { offer: KindOffer; children: ReactNode }) {
  return (
    <li className="flex gap-3 rounded-lg border border-line bg-surface p-3">
      <div className="w-24 shrink-0">
        {offer.picture ?? (
          <span aria-hidden="true" className="block aspect-5/3 rounded-md border border-line bg-sunken" />
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h3 className="font-medium leading-tight">{offer.label}</h3>
        <p className="text-sm">{offer.description}</p>
        <p className="text-muted text-xs">{offer.fits}</p>
        <div className="mt-auto pt-1">{children}</div>
      </div>
    </li>
  );
}
