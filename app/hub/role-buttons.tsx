// What the viewer is to the hub, as buttons: all of them forms and links that work without JavaScript.
import type { ReactNode } from 'react';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import { groupPage } from '../../hubs/group-page.ts';
import { type Membership, mayOffer } from '../../hubs/membership.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { Button, Form } from '../../ui/form.tsx';
import { KeepPlace } from '../../ui/keep-place.tsx';
import { Menu } from '../../ui/menu.tsx';
import { getStores } from '../stores.ts';
import { JoinDialog } from './join-dialog.tsx';
import { JoinProcess } from './join-process.tsx';

interface Props {
  hub: HubInfo;
  viewer: Viewer | null;
  membership: Membership;
}

const rolesOf = (hub: HubInfo) => `/api/hubs/${hub.id}/roles`;

/** The star before the hub's name. */
export function StarButton({ hub, viewer, membership: { starred } }: Props) {
  if (!mayOffer(viewer, 'follow', hub)) return null;
  return (
    <KeepPlace id="star" state={starred ? 'starred' : 'none'} className="-ml-1 inline-block align-middle">
      <Form action={rolesOf(hub)}>
        <button
          type="submit"
          name="change"
          value={starred ? 'unstar' : 'star'}
          aria-pressed={starred}
          aria-label={`Star ${hub.name}`}
          className={`cursor-pointer rounded-md p-1 ${starred ? 'text-accent' : 'text-muted'}`}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5">
            <path
              d="m10 2 2.5 5.2 5.6.8-4 4 .9 5.7-5-2.7-5 2.7.9-5.7-4-4 5.6-.8Z"
              fill={starred ? 'currentColor' : 'none'}
              stroke="currentColor"
              strokeWidth="1.5"
              strokeLinejoin="round"
            />
          </svg>
        </button>
      </Form>
    </KeepPlace>
  );
}

/** Subscribe and Join, or the menus they have become. */
export function RoleButtons(props: Props) {
  const { hub, viewer, membership } = props;
  if (!mayOffer(viewer, 'follow', hub)) return null;
  return (
    <div className="relative flex flex-wrap items-start gap-2">
      <KeepPlace
        id="subscription"
        state={membership.subscribed ? 'subscribed' : 'none'}
        // What went wrong is a sentence; it must not push the header apart.
        className="max-w-72"
      >
        {membership.subscribed ? (
          <Menu look="strong" label={<Sign name="check">Subscribed</Sign>}>
            <Step hub={hub} change="unsubscribe" button="Unsubscribe">
              What happens here stands in your stream.
            </Step>
          </Menu>
        ) : (
          <Form action={rolesOf(hub)}>
            <Button look="strong" name="change" value="subscribe">
              <Sign name="plus">Subscribe</Sign>
            </Button>
          </Form>
        )}
      </KeepPlace>
      {hub.type === 'team' && (
        // Where nothing is offered it takes no room, but may still say what became of the last press.
        <KeepPlace id="membership" state={membership.standing} className="has-[>p:first-child]:absolute">
          <MembershipButton {...props} />
        </KeepPlace>
      )}
    </div>
  );
}

function MembershipButton({ hub, viewer, membership }: Props) {
  const { standing, byAccounts, request } = membership;
  const page = groupPage(getStores().settings.ACCOUNTS_GROUP_URL, hub);
  if (standing === 'none') {
    if (!mayOffer(viewer, 'join', hub)) return null;
    return (
      <JoinDialog
        href={`${hubPath(hub)}/join`}
        title={`Join ${hub.name}`}
        action={rolesOf(hub)}
        label={<Sign name="person">Join</Sign>}
      >
        <JoinProcess hub={hub} membership={membership} />
      </JoinDialog>
    );
  }
  if (standing === 'pending') {
    return (
      <Menu label={<Sign name="person">Pending</Sign>}>
        <Step hub={hub} change="withdraw" button="Withdraw">
          Your request to join waits for an owner.
          {request?.mentor && ` ${request.mentor} is your mentor: ask them anything.`}
          {page && (
            <>
              {' '}
              Membership is given in <a href={page}>the group’s page</a>.
            </>
          )}
        </Step>
      </Menu>
    );
  }
  const isOwner = standing === 'owner';
  return (
    <Menu label={<Sign name={isOwner ? 'key' : 'person'}>{isOwner ? 'Owner' : 'Member'}</Sign>}>
      {byAccounts ? (
        <p>
          The accounts system says that you {isOwner ? 'sponsor' : 'are in'} the group{' '}
          <strong>{hub.groupName}</strong>.{' '}
          {page ? <a href={page}>Change that on the group’s page</a> : 'Change that there.'}
        </p>
      ) : isOwner ? (
        <Step hub={hub} change="resign" button="Give up ownership" danger>
          {hub.groupName === null ? 'You would stay a member.' : 'What the group says of you stays as it is.'}
        </Step>
      ) : (
        <Step hub={hub} change="leave" button="Leave" danger>
          You belong to {hub.name}.
        </Step>
      )}
    </Menu>
  );
}

function Step({
  hub,
  change,
  button,
  danger,
  children,
}: {
  hub: HubInfo;
  change: string;
  button: string;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <Form action={rolesOf(hub)}>
      <p className="mb-2.5 text-muted">{children}</p>
      <Button look={danger ? 'danger' : 'plain'} name="change" value={change}>
        {button}
      </Button>
    </Form>
  );
}

const signs = {
  check: 'm3 8.5 3.2 3L13 4.5',
  plus: 'M8 3v10M3 8h10',
  person: 'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM3 14a5 5 0 0 1 10 0Z',
  key: 'M10.5 9a3.5 3.5 0 1 0-3.2-2L2.5 11.8V14h2.2v-1.8h1.8v-1.8h1.2L9 8.7',
};

function Sign({ name, children }: { name: keyof typeof signs; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="size-3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d={signs[name]} />
      </svg>
      {children}
    </span>
  );
}
