import type { ReactNode } from 'react';

/** How fields of such a form look. */
export const searchBox =
  'mt-1 block h-9 rounded-md border border-line-strong bg-surface px-3 text-text touch:h-11';

interface Props {
  /** The page that answers. */
  action: string;
  label: string;
  q: string;
  className: string;
  /** What else is asked for, between the words and the button. */
  children: ReactNode;
}

/** A plain form that asks by the address: what is found can be shared and bookmarked. */
export const SearchForm = ({ action, label, q, className, children }: Props) => (
  <search>
    <form action={action} className={`flex flex-wrap items-end gap-x-4 gap-y-3 ${className}`}>
      <label className="min-w-0 flex-1 basis-56 font-medium text-sm">
        {label}
        <input type="search" name="q" defaultValue={q} maxLength={200} className={`${searchBox} w-full`} />
      </label>
      {children}
      <button
        type="submit"
        className="h-9 cursor-pointer rounded-md border border-accent bg-accent px-4 font-medium text-sm text-surface touch:h-11"
      >
        Search
      </button>
    </form>
  </search>
);
