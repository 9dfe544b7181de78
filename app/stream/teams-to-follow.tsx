import Link from 'next/link';
import { hubPath } from '../../hubs/find-hub.ts';
import { Button, Form } from '../../ui/form.tsx';
import { KeepPlace } from '../../ui/keep-place.tsx';
import { Tile } from '../../ui/tile.tsx';
import type { TeamToFollow } from './read-to-follow.ts';

/** Stands above the stream of who came lately (read-to-follow.ts). */
export function TeamsToFollow({ teams }: { teams: TeamToFollow[] }) {
  if (teams.length === 0) return null;
  return (
    <section
      aria-labelledby="to-follow-title"
      className="mb-5 rounded-lg border border-line bg-surface px-4 py-3 shadow-card"
    >
      <h2 id="to-follow-title" className="font-semibold">
        Teams you could follow
      </h2>
      <p className="text-muted text-sm">
        What happens in them stands in your stream then. Here are those that moved last, of{' '}
        <Link href="/groups">all teams</Link>.
      </p>
      <KeepPlace id="to-follow" state={teams.map(({ id }) => id).join(' ')}>
        <ul className="mt-3 grid gap-4 sm:grid-cols-3">
          {teams.map((team) => (
            <li key={team.id} className="flex min-w-0 gap-3">
              <Tile name={team.name} icon={team.teamKind} colour={team.colour} picture={team.avatarUrl} />
              <div className="min-w-0">
                <Link href={hubPath(team)} prefetch={false} className="break-words font-semibold">
                  {team.name}
                </Link>
                {team.summary && (
                  <p className="line-clamp-2 break-words text-sm leading-snug">{team.summary}</p>
                )}
                <Form action={`/api/hubs/${team.id}/roles`} className="mt-2">
                  <Button name="change" value="subscribe" aria-label={`Subscribe to ${team.name}`}>
                    Subscribe
                  </Button>
                </Form>
              </div>
            </li>
          ))}
        </ul>
      </KeepPlace>
    </section>
  );
}
