import Link from 'next/link';
import { shownRoles } from '../../../../widgets/people/settings.ts';
import { type Asked, sayAsked } from './read-asked.ts';

interface Props {
  path: string;
  asked: Asked;
  /** How many fit what is searched for, on other pages. */
  hits: number;
  /** How many there are without the search. */
  held: number;
}

/** Why no people stand here, and where they do. */
export function Nobody({ path, asked, hits, held }: Props) {
  const who = shownRoles[asked.role].toLowerCase();
  if (held === 0) {
    return (
      <p className="text-muted">
        {asked.role === 'subscriber'
          ? 'Nobody follows this hub yet: whoever subscribes to it appears here.'
          : `No ${who} yet: they appear here as soon as the accounts system or an owner adds them.`}
      </p>
    );
  }
  if (hits > 0) {
    return (
      <p>
        There is no page {asked.page.toLocaleString('en')}.{' '}
        <Link href={path + sayAsked({ role: asked.role, q: asked.q })}>Go to the first page</Link>
      </p>
    );
  }
  return (
    <>
      <p className="break-words font-medium">
        None of the {who} fits “{asked.q}”.
      </p>
      <p className="mt-1 text-muted text-sm">
        Search for a part of a user name or of a full name, or{' '}
        <Link href={path + sayAsked({ role: asked.role, q: '' })}>see all {who}</Link>.
      </p>
    </>
  );
}
