import { Item } from '../widgets/feed/item.tsx';
import { HubCard } from './home/hub-card.tsx';
import { readHubGroups, readNewest } from './home/read-home.ts';
import { getStores } from './stores.ts';
import { getViewer } from './viewer.ts';

export default async function Home() {
  const { database, feeds } = getStores();
  const viewer = await getViewer();
  const groups = await readHubGroups(database, viewer);
  const newest = await readNewest(database, feeds, groups, viewer);
  const now = Date.now();
  return (
    <>
      <div className="border-line border-b bg-surface">
        <div className="mx-auto max-w-6xl px-4 py-8">
          <h1 className="font-semibold text-3xl tracking-tight">What the project is doing, right now</h1>
          <p className="mt-2 max-w-2xl text-lg text-muted">
            Hubs gathers what people and teams do, wherever they do it, on one live page for each of them.
            Pick a team to see what it works on and who is there.
          </p>
        </div>
      </div>
      <div className="mx-auto grid max-w-6xl items-start gap-8 px-4 py-6 lg:grid-cols-3">
        <div className="grid min-w-0 gap-8 lg:col-span-2">
          {groups.length === 0 && (
            <p className="text-muted">
              No hubs yet: an administrator makes the first one with{' '}
              <code className="font-mono text-text">hubs fas create-team NAME</code>.
            </p>
          )}
          {groups.map(({ title, hubs, total }) => (
            <section key={title} aria-labelledby={`group-${title}`}>
              <h2 id={`group-${title}`} className="mb-2.5 font-semibold">
                {title} <span className="font-normal text-muted">{total.toLocaleString('en')}</span>
              </h2>
              <ul className="grid gap-3 sm:grid-cols-2">
                {hubs.map((hub) => (
                  <li key={hub.id}>
                    <HubCard hub={hub} now={now} />
                  </li>
                ))}
              </ul>
              {total > hubs.length && (
                <p className="mt-2 text-muted text-sm">Shown are the {hubs.length} that moved last.</p>
              )}
            </section>
          ))}
        </div>
        <section
          aria-labelledby="newest"
          className="min-w-0 rounded-lg border border-line bg-surface shadow-card"
        >
          <h2 id="newest" className="border-line border-b px-4 py-2.5 font-semibold text-sm">
            What happened last
          </h2>
          {newest.length === 0 ? (
            <p className="px-4 py-4 text-muted text-sm">
              Nothing yet: the first message of the bus appears here.
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {newest.map((item) => (
                <li key={item.id}>
                  <Item item={item} now={now} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}
