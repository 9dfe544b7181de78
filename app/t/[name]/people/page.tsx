import type { Metadata } from 'next';
import Link from 'next/link';
import { hubPath } from '../../../../hubs/find-hub.ts';
import { SearchForm } from '../../../../ui/search-form.tsx';
import { listedRoles } from '../../../../widgets/listed-roles.ts';
import { PersonLine } from '../../../../widgets/people/person-line.tsx';
import { readPeople } from '../../../../widgets/people/read-people.ts';
import { readHub } from '../../../hub/read-hub.ts';
import { notHere, orNotHere } from '../../../not-here.tsx';
import { Side } from '../../../side/side.tsx';
import { getStores } from '../../../stores.ts';
import { getViewer } from '../../../viewer.ts';
import { Nobody } from './nobody.tsx';
import { Pages } from './pages.tsx';
import { PEOPLE_PER_PAGE, readAsked } from './read-asked.ts';
import { RoleLinks } from './role-links.tsx';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `People of ${(await params).name}`,
});

/** Everybody whom the widget "People" shows some of; for teams. */
export default orNotHere(async ({ params, searchParams }: Props) => {
  const { database, settings } = getStores();
  const { widgets, ...hub } = await readHub(database, 'team', (await params).name, '/people');
  const roles = listedRoles(await getViewer(), hub, widgets);
  const asked = readAsked(await searchParams, roles);
  if (!asked) notHere();
  const now = Date.now();
  const context = { database, userUrl: settings.ACCOUNTS_USER_URL, now };
  const own = await readPeople(context, hub, { ...asked, n: PEOPLE_PER_PAGE });
  const counts = { member: own.members, owner: own.owners, subscriber: own.subscribers };
  const path = `${hubPath(hub)}/people`;
  return (
    <Side current={hub}>
      <div className="mx-auto max-w-6xl px-4 py-6">
        <p className="text-sm">
          <Link href={hubPath(hub)}>Back to {hub.name}</Link>
        </p>
        <h1 className="mt-1 break-words font-semibold text-2xl">People of {hub.name}</h1>
        <SearchForm action={path} label="Search people" q={asked.q} className="mt-4 max-w-2xl">
          <input type="hidden" name="role" value={asked.role} />
        </SearchForm>
        <RoleLinks path={path} asked={asked} roles={roles} counts={counts} />
        <section
          aria-label="People"
          className="rounded-lg border border-line bg-surface px-4 py-4 shadow-card"
        >
          {own.people.length === 0 ? (
            <Nobody path={path} asked={asked} hits={own.total} held={counts[asked.role]} />
          ) : (
            <ul className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
              {own.people.map((person) => (
                <li key={person.username} className="min-w-0">
                  <PersonLine person={person} now={now} named />
                </li>
              ))}
            </ul>
          )}
        </section>
        <Pages path={path} asked={asked} total={own.total} />
      </div>
    </Side>
  );
});
