import Link from 'next/link';
import { type ShownRole, shownRoles } from '../../../../widgets/people/settings.ts';
import { type Asked, sayAsked } from './read-asked.ts';

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
