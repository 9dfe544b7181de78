'use client';
import { Markdown } from '../../ui/markdown.tsx';
import { EditLink } from '../edit-link.tsx';
import type { ViewProps } from '../kind.ts';
import { useFolded } from './folded.ts';
import type { StickyOwn } from './read-sticky.ts';

const colours: Record<string, string> = {
  blue: 'border-accent bg-accent-soft',
  green: 'border-good bg-[color-mix(in_srgb,var(--good)_12%,var(--surface))]',
  yellow: 'border-warn bg-warn-soft',
  red: 'border-bad bg-[color-mix(in_srgb,var(--bad)_10%,var(--surface))]',
  grey: 'border-line-strong bg-sunken',
};

/** A `details`, so that it folds without JavaScript too; the browser remembers with it. */
export default function StickyView({ own, hub, settings }: ViewProps<StickyOwn, null>) {
  const [folded, fold] = useFolded(`hubs:folded:${hub.id}:${own.edition}`);
  if (own.html === '') {
    return (
      <div className="px-4 py-3">
        <p className="text-muted text-sm">
          {own.mayEdit
            ? 'Nothing is written here yet: say a welcoming word. Who comes for the first time reads it first.'
            : 'An owner can say a welcoming word here.'}
        </p>
        {own.mayEdit && (
          <p className="mt-2">
            <EditLink hub={hub}>Write it</EditLink>
          </p>
        )}
      </div>
    );
  }
  return (
    <details
      open={!folded}
      className={`group m-3 rounded-md border-l-4 px-4 py-3 ${colours[String(settings.colour)] ?? colours.blue}`}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: browsers make a summary a button */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          fold(!folded);
        }}
        className="flex list-none gap-3 [&::-webkit-details-marker]:hidden"
      >
        <span className="min-w-0 flex-1 truncate group-open:invisible">{own.line}</span>
        <span className="shrink-0 text-accent text-xs hover:underline">
          <span className="group-open:hidden">Show all</span>
          <span className="hidden group-open:inline">Fold</span>
        </span>
      </summary>
      <Markdown html={own.html} className="-mt-5 pr-12" />
      {own.mayEdit && (
        <p className="mt-2">
          <EditLink hub={hub}>Edit the text</EditLink>
        </p>
      )}
    </details>
  );
}
