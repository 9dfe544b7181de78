import type { Metadata } from 'next';
import { groupPage, profilePage } from '../../../../../hubs/group-page.ts';
import { listPeople, listWaiting } from '../../../../../hubs/list-people.ts';
import { may } from '../../../../../hubs/permissions.ts';
import { Button, Field, Form } from '../../../../../ui/form.tsx';
import { givenBack } from '../../../../forms/given-back.ts';
import { readOwned } from '../../../../hub-settings/read-owned.ts';
import { SettingsLayout } from '../../../../hub-settings/settings-layout.tsx';
import { orNotHere } from '../../../../not-here.tsx';
import { getStores } from '../../../../stores.ts';
import { getViewer } from '../../../../viewer.ts';
import { Joining } from './joining.tsx';
import { PersonRow } from './person-row.tsx';
import { RequestRow } from './request-row.tsx';

export const metadata: Metadata = { title: 'People' };

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<{ draft?: string }>;
}

const box = 'mb-8 rounded-lg border border-line bg-surface shadow-card';

export default orNotHere(async ({ params, searchParams }: Props) => {
  const { database, settings } = getStores();
  const hub = await readOwned('team', (await params).name, 'people');
  const { draft } = await searchParams;
  const [{ owners, members }, waiting, reading] = await Promise.all([
    listPeople(database, hub.id),
    listWaiting(database, hub.id),
    database.groupReading.findUnique({ where: { hubId: hub.id }, select: { problem: true } }),
  ]);
  const requests = `/api/hubs/${hub.id}/requests`;
  const people = `/api/hubs/${hub.id}/people`;
  const [givenRequest, givenPerson] = await Promise.all([
    givenBack(draft, requests),
    givenBack(draft, people),
  ]);
  const ofPerson = (username: string) => (givenPerson?.fields.username === username ? givenPerson : null);
  const listed = new Set([...owners, ...members].map((person) => person.username));
  const canChange = may(await getViewer(), 'configure', hub);
  const page = groupPage(settings.ACCOUNTS_GROUP_URL, hub);
  const now = Date.now();
  return (
    <SettingsLayout hub={hub} tab="people">
      {hub.groupName !== null && (
        <p className="-mt-3 mb-4 text-muted text-sm">
          Members and sponsors of the group {page ? <a href={page}>{hub.groupName}</a> : hub.groupName} come
          from the accounts system and are changed there. You can add owners of Hubs’ own.
        </p>
      )}
      {reading?.problem && (
        <p className="mb-4 rounded-md bg-warn-soft px-4 py-3 text-sm text-warn">
          Not in step with the accounts system: {reading.problem}
        </p>
      )}
      {!canChange && (
        <p className="mb-4 rounded-md bg-warn-soft px-4 py-3 text-sm text-warn">
          {hub.name} is archived: wake it before you change its people.
        </p>
      )}

      <h2 className="mt-5 mb-2 font-semibold">
        Asking to join <span className="font-normal text-muted">{waiting.length}</span>
      </h2>
      <div className={box}>
        {waiting.length === 0 ? (
          <p className="px-4 py-4 text-muted text-sm">Nobody waits for an answer.</p>
        ) : (
          <ul className="divide-y divide-line">
            {waiting.map((request) => (
              <RequestRow
                key={request.id}
                request={request}
                action={requests}
                given={givenRequest?.fields.request === String(request.id) ? givenRequest : null}
                tied={hub.groupName === null ? null : { page }}
                mentors={[...owners, ...members].map((person) => person.username)}
                canChange={canChange}
                now={now}
              />
            ))}
          </ul>
        )}
      </div>

      <h2 className="mb-2 font-semibold">
        Owners <span className="font-normal text-muted">{owners.length}</span>
      </h2>
      <div className={box}>
        {owners.length > 0 && (
          <ul className="divide-y divide-line border-line border-b">
            {owners.map((person) => (
              <PersonRow
                key={person.username}
                person={person}
                action={people}
                given={ofPerson(person.username)}
                changes={canChange && !person.byAccounts ? ['demote', 'remove'] : []}
                now={now}
                profile={profilePage(settings.ACCOUNTS_USER_URL, person.username)}
              />
            ))}
          </ul>
        )}
        {canChange && (
          <Form
            action={people}
            resets
            given={givenPerson && !listed.has(String(givenPerson.fields.username)) ? givenPerson : null}
            className="px-4 pt-3 pb-4"
          >
            <input type="hidden" name="change" value="add-owner" />
            <Field name="username" label="Add an owner" hint="Their user name." maxLength={64} required />
            <Button>Add</Button>
          </Form>
        )}
      </div>

      <h2 className="mb-2 font-semibold">
        Members <span className="font-normal text-muted">{members.length}</span>
      </h2>
      <div className={box}>
        {members.length === 0 ? (
          <p className="px-4 py-4 text-muted text-sm">No members besides the owners yet.</p>
        ) : (
          <ul className="divide-y divide-line">
            {members.map((person) => (
              <PersonRow
                key={person.username}
                person={person}
                action={people}
                given={ofPerson(person.username)}
                changes={canChange ? (person.byAccounts ? ['promote'] : ['promote', 'remove']) : []}
                now={now}
                profile={profilePage(settings.ACCOUNTS_USER_URL, person.username)}
              />
            ))}
          </ul>
        )}
      </div>

      {canChange && (
        <>
          <h2 className="mb-2 font-semibold">Joining</h2>
          <div className={box}>
            <Joining hub={hub} draft={draft} />
          </div>
        </>
      )}
    </SettingsLayout>
  );
});
