import type { Metadata } from 'next';
import Link from 'next/link';
import { TeamKind } from '../../prisma/generated/enums.ts';
import { plural } from '../../ui/words.ts';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Filters } from './filters.tsx';
import { type Asked, readDirectory, type TeamCardInfo } from './read-directory.ts';
import { TeamCard } from './team-card.tsx';

export const metadata: Metadata = { title: 'Teams' };

type Query = Record<string, string | string[] | undefined>;

function readAsked(query: Query): Asked {
  // PostgreSQL keeps no NUL, so nothing that it knows has one.
  const text = (name: string) =>
    typeof query[name] === 'string' ? query[name].replaceAll('\0', '').trim() : '';
  const kind = Object.values(TeamKind).find((one) => one === text('kind')) ?? null;
  return {
    q: text('q').slice(0, 200),
    kind,
    needsHelp: text('help') !== '',
    archived: text('archived') !== '',
  };
}

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = readAsked(await searchParams);
  const { teams, more } = await readDirectory(getStores().database, await getViewer(), asked);
  const filtered = asked.q !== '' || asked.kind !== null || asked.needsHelp;
  const mine = teams.filter((team) => team.mine.length > 0);
  const others = teams.filter((team) => team.mine.length === 0);
  return (
    <Side>
      <div className="mx-auto max-w-6xl px-4 py-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="font-semibold text-2xl">Teams</h1>
          <Link
            href="/groups/new"
            className="inline-flex items-center rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm text-text touch:min-h-11 hover:no-underline"
          >
            New team hub
          </Link>
        </div>
        <Filters asked={asked} />
        {teams.length === 0 && <Nothing asked={asked} filtered={filtered} />}
        {mine.length > 0 && <Cards id="mine" title="My teams" teams={mine} />}
        {others.length > 0 && (
          <Cards id="others" title={mine.length > 0 ? 'Other teams' : 'All teams'} teams={others} />
        )}
        {more && (
          <p className="text-muted text-sm">
            There are more: {plural(teams.length, 'team')} are shown. Search for the one you mean.
          </p>
        )}
      </div>
    </Side>
  );
}

function Cards({ id, title, teams }: { id: string; title: string; teams: TeamCardInfo[] }) {
  const now = Date.now();
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} className="mb-2.5 font-semibold">
        {title} <span className="font-normal text-muted">{teams.length.toLocaleString('en')}</span>
      </h2>
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {teams.map((team) => (
          <li key={team.id} className="min-w-0">
            <TeamCard team={team} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ asked, filtered }: { asked: Asked; filtered: boolean }) {
  return (
    <div className="rounded-lg border border-line bg-surface px-5 py-6">
      {filtered ? (
        <>
          <p className="font-medium">
            {asked.q ? (
              <>
                No team fits “{asked.q}”{(asked.kind || asked.needsHelp) && ' with these filters'}.
              </>
            ) : (
              'No team fits these filters.'
            )}
          </p>
          <p className="mt-1 text-muted text-sm">
            Fewer words find more: a team’s name, what it makes, or the language it speaks. Or{' '}
            <Link href="/groups">see all teams</Link>
            {!asked.archived && (
              <>
                , or{' '}
                <Link href={`/groups?${new URLSearchParams({ q: asked.q, archived: 'on' })}`}>
                  look among archived ones, too
                </Link>
              </>
            )}
            .
          </p>
        </>
      ) : (
        <>
          <p className="font-medium">There are no teams yet.</p>
          <p className="mt-1 text-muted text-sm">
            Whoever is signed in can <Link href="/groups/new">make the first one</Link>; an administrator
            makes the hub of an accounts group.
          </p>
        </>
      )}
    </div>
  );
}
