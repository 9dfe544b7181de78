'use client';
import Link from 'next/link';
import type { FeedFilter } from '../../feeds/filter.ts';
import { plural } from '../../ui/words.ts';

/** Searches in the feed; a plain form, so that what is found has an address. */
export function Search({ here, filter }: { here: string; filter: FeedFilter | null }) {
  return (
    <search>
      <form action={here} className="flex gap-2 border-line border-b px-4 py-2">
        <input
          type="search"
          name="q"
          defaultValue={filter?.q ?? ''}
          maxLength={200}
          aria-label={here === '/stream' ? 'Search this stream' : 'Search this feed'}
          placeholder={here === '/stream' ? 'Search this stream' : 'Search this feed'}
          className="min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-3 py-1 text-sm touch:min-h-11"
        />
        {filter?.service && <input type="hidden" name="service" value={filter.service} />}
        {filter?.kind && <input type="hidden" name="kind" value={filter.kind} />}
        <button
          type="submit"
          className="cursor-pointer rounded-md border border-line-strong px-3 py-1 font-medium text-sm touch:min-h-11 hover:bg-sunken"
        >
          Search
        </button>
      </form>
    </search>
  );
}

/** What is in force on the list below, and the way back to all of it. */
export function FilterLine({ here, filter, count }: { here: string; filter: FeedFilter; count: number }) {
  const { q, service, kind } = filter;
  return (
    <p className="border-line border-b bg-accent-soft px-4 py-2 text-sm">
      {plural(count, 'entry', 'entries')}
      {q && (
        <>
          {' '}
          with <strong>{q}</strong>
        </>
      )}
      {service && (
        <>
          {' '}
          from <strong>{service}</strong>
        </>
      )}
      {kind && (
        <>
          {' '}
          of the kind <strong>{kind}</strong>
        </>
      )}
      . <Link href={here}>Show all</Link>
    </p>
  );
}
