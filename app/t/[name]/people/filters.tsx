import Link from 'next/link';
import { type ShownRole, shownRoles } from '../../../../widgets/people/settings.ts';
import { type Asked, sayAsked } from './read-asked.ts';

/** A plain form that asks by the address: what is found can be shared and bookmarked. */
export function PeopleSearch({ path, asked }: { path: string; asked: Asked }) {
  return (
    <search>
      <form action={path} className="mt-4 flex max-w-2xl flex-wrap items-end gap-x-4 gap-y-3">
        <input type="hidden" name="role" value={asked.role} />
        <label className="min-w-0 flex-1 basis-56 font-medium text-sm">
          Search people
          <input
            type="search"
            name="q"
            defaultValue={asked.q}
            maxLength={200}
            autoComplete="off"
            className="mt-1 block h-9 w-full rounded-md border border-line-strong bg-surface px-3 text-text touch:h-11"
          />
        </label>
        <button
          type="submit"
          className="h-9 cursor-pointer rounded-md border border-accent bg-accent px-4 font-medium text-sm text-surface touch:h-11"
        >
          Search
        </button>
      </form>
    </search>
  );
}

interface Props {
  path: string;
  asked: Asked;
  roles: ShownRole[];
  /** How many hold each role, whatever is searched for. */
  counts: Record<ShownRole, number>;
}

/** By what people are to the hub; what is searched for stays. */
export function RoleLinks({ path, asked, roles, counts }: Props) {
  return (
    <nav aria-label="By role" className="mt-4 mb-3 overflow-x-auto">
      <ul className="flex gap-1">
        {roles.map((role) => (
          <li key={role}>
            <Link
              href={path + sayAsked({ role, q: asked.q })}
              prefetch={false}
              aria-current={role === asked.role ? 'page' : undefined}
              className="block whitespace-nowrap rounded-md px-3 py-1.5 text-sm text-text touch:py-3 hover:bg-sunken hover:no-underline aria-[current]:bg-accent aria-[current]:text-surface"
            >
              {shownRoles[role]} <span className="tabular-nums">{counts[role].toLocaleString('en')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
