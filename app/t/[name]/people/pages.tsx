import Link from 'next/link';
import { plural } from '../../../../ui/words.ts';
import { type Asked, PEOPLE_PER_PAGE, sayAsked } from './read-asked.ts';

/** How many were found, and the way through their pages. */
export function Pages({ path, asked, total }: { path: string; asked: Asked; total: number }) {
  const pages = Math.ceil(total / PEOPLE_PER_PAGE);
  if (total === 0 || asked.page > pages) return null;
  const to = (page: number) => path + sayAsked({ ...asked, page });
  return (
    <nav
      aria-label="Pages"
      className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm touch:leading-11"
    >
      <span>
        {asked.q ? `${plural(total, 'person', 'people')} found` : plural(total, 'person', 'people')}
        {pages > 1 && `, page ${asked.page} of ${pages}`}
      </span>
      {asked.page > 1 && (
        <Link href={to(asked.page - 1)} rel="prev" prefetch={false}>
          Previous
        </Link>
      )}
      {asked.page < pages && (
        <Link href={to(asked.page + 1)} rel="next" prefetch={false}>
          Next
        </Link>
      )}
    </nav>
  );
}
