import Link from 'next/link';
import { redirect } from 'next/navigation';
import { LiveProvider } from '../ui/live.tsx';
import { HowToJoin } from './home/how-to-join.tsx';
import { HubCard } from './home/hub-card.tsx';
import { LookingForHelp } from './home/looking-for-help.tsx';
import { NewestEntries } from './home/newest.tsx';
import { readOpenRequests } from './home/read-help.ts';
import { type HubGroup, readHubGroups, readNewest } from './home/read-home.ts';
import { getStores } from './stores.ts';
import { getViewer } from './viewer.ts';

/** One stream carries the notices of at most this many hubs. */
const HUBS_HEARD = 50;

/** For whoever comes by: what happens, who needs help, how to join. Who is signed in has their stream. */
export default async function Home() {
  const now = Date.now();
  if (await getViewer()) redirect('/stream');
  const { database, feeds, log, settings } = getStores();
  const [groups, newest, requests] = await Promise.all([
    readHubGroups(database),
    // The feeds may have a server of their own, which may be away alone.
    readNewest(database, feeds, null).catch((error: unknown) => {
      log.error({ err: error }, 'the newest entries could not be read');
      return null;
    }),
    readOpenRequests(database),
  ]);
  return (
    <LiveProvider hubs={mostLively(groups)} now={now}>
      <div className="border-line border-b bg-surface">
        <div className="mx-auto grid max-w-6xl gap-x-5 gap-y-4 px-4 py-7 lg:grid-cols-3">
          <div className="lg:col-span-2">
            <h1 className="font-semibold text-2xl tracking-tight sm:text-3xl">
              What the project is doing, right now
            </h1>
            <p className="mt-2 max-w-3xl text-lg text-muted">
              Hubs gathers what people and teams do, wherever they do it, on one live page for each of them.
              Pick a team to see what it works on and who is there, or{' '}
              <Link href="/groups">search them all</Link>.
            </p>
          </div>
          <HowToJoin accountsUrl={settings.ACCOUNTS_URL} />
        </div>
      </div>
      <div className="mx-auto grid max-w-6xl items-start gap-x-5 gap-y-8 px-4 py-6 lg:grid-cols-3">
        <div className="grid min-w-0 gap-5 lg:sticky lg:top-5 lg:col-start-3 lg:row-start-1">
          <LookingForHelp requests={requests} now={now} />
          <NewestEntries items={newest} now={now} />
        </div>
        <div className="grid min-w-0 gap-8 lg:col-span-2 lg:row-start-1">
          {groups.length === 0 && (
            <p className="text-muted">
              No hubs yet: an administrator makes the first one with{' '}
              <code className="font-mono text-text">hubs fas create-team NAME</code>.
            </p>
          )}
          {groups.map((group) => (
            <HubCards key={group.title} group={group} now={now} />
          ))}
        </div>
      </div>
    </LiveProvider>
  );
}

const mostLively = (groups: HubGroup[]): number[] =>
  groups
    .flatMap(({ hubs }) => hubs)
    .sort((a, b) => Number(b.lastEntryAt) - Number(a.lastEntryAt))
    .slice(0, HUBS_HEARD)
    .map(({ id }) => id);

function HubCards({ group: { title, hubs, total }, now }: { group: HubGroup; now: number }) {
  const ofPeople = hubs.every((hub) => hub.type === 'user');
  return (
    <section aria-labelledby={`group-${title}`}>
      <h2 id={`group-${title}`} className="mb-2.5 font-semibold">
        {title} <span className="font-normal text-muted">{total.toLocaleString('en')}</span>
      </h2>
      <ul className={`grid gap-3 ${ofPeople ? 'min-[24rem]:grid-cols-2 xl:grid-cols-3' : 'sm:grid-cols-2'}`}>
        {hubs.map((hub) => (
          <li key={hub.id} className="min-w-0">
            <HubCard hub={hub} now={now} />
          </li>
        ))}
      </ul>
      {total > hubs.length && (
        <p className="mt-2 text-muted text-sm">Shown are the {hubs.length} that moved last.</p>
      )}
    </section>
  );
}
