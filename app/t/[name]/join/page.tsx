import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { hubPath } from '../../../../hubs/find-hub.ts';
import { readMembership } from '../../../../hubs/membership.ts';
import { may } from '../../../../hubs/permissions.ts';
import { Form } from '../../../../ui/form.tsx';
import { givenBack } from '../../../forms/given-back.ts';
import { JoinProcess } from '../../../hub/join-process.tsx';
import { readHub } from '../../../hub/read-hub.ts';
import { orNotHere } from '../../../not-here.tsx';
import { Side } from '../../../side/side.tsx';
import { getStores } from '../../../stores.ts';
import { getViewer } from '../../../viewer.ts';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<{ draft?: string }>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Join ${(await params).name}`,
});

/** The join process of a team; whoever is through with it is led back to the team. */
export default orNotHere(async ({ params, searchParams }: Props) => {
  const { database } = getStores();
  const viewer = await getViewer();
  const hub = await readHub(database, 'team', (await params).name, '/join');
  const membership = await readMembership(database, viewer, hub.id);
  const closed = hub.archivedAt !== null || (viewer !== null && !may(viewer, 'join', hub));
  if (membership.standing !== 'none' || closed) redirect(`${hubPath(hub)}#membership`);
  const action = `/api/hubs/${hub.id}/roles`;
  return (
    <Side current={hub}>
      <div className="mx-auto max-w-2xl px-4 py-6">
        <p className="text-sm">
          <a href={hubPath(hub)}>Back to {hub.name}</a>
        </p>
        <h1 className="mt-1 font-semibold text-2xl">Join {hub.name}</h1>
        {hub.summary && <p className="mt-0.5 text-lg text-muted">{hub.summary}</p>}
        <Form
          action={action}
          given={await givenBack((await searchParams).draft, action)}
          className="mt-5 rounded-lg border border-line bg-surface px-5 py-5 shadow-card"
        >
          <JoinProcess hub={hub} membership={membership} />
        </Form>
      </div>
    </Side>
  );
});
