// What somebody reads before they join, and the button that asks: in the dialog and on the join page alike.
import { waysIn } from '../../hubs/ask-to-join.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { groupPage } from '../../hubs/group-page.ts';
import { type Membership, OWNER_AWAY_DAYS } from '../../hubs/membership.ts';
import { Button, Field } from '../../ui/form.tsx';
import { renderMarkdown } from '../../ui/markdown.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { getStores } from '../stores.ts';

interface Props {
  hub: HubInfo;
  membership: Membership;
}

/** Stands inside a form that posts to the hub's roles. */
export function JoinProcess({ hub, membership }: Props) {
  const way = waysIn(hub);
  const page = groupPage(getStores().settings.ACCOUNTS_GROUP_URL, hub);
  return (
    <>
      {membership.request?.state === 'denied' && (
        <div className="mb-4 rounded-md bg-sunken px-4 py-3 text-sm">
          <p className="font-medium">An owner answered your last request:</p>
          <p className="mt-1 whitespace-pre-line">{membership.request.answer}</p>
        </div>
      )}
      {hub.joinText && <Markdown html={renderMarkdown(hub.joinText)} className="mb-4" />}
      <p className="mb-4 text-sm">{explain[way](hub.name)}</p>
      {hub.groupName !== null && (
        <p className="mb-4 text-sm">
          Membership itself lies in the accounts system, in the group{' '}
          {page ? <a href={page}>{hub.groupName}</a> : <strong>{hub.groupName}</strong>}
          {way === 'request' ? ': your request here closes when you are in it.' : '.'}
        </p>
      )}
      {!membership.ownerIsHere && way !== 'open' && <WhereElse hub={hub} />}
      {(way === 'request' || way === 'open') && (
        <>
          {way === 'request' && (
            <Field
              name="text"
              type="textarea"
              rows={3}
              maxLength={2000}
              label="A few words about you (optional)"
              hint="The owners read them: what you would like to do, what you have done before."
            />
          )}
          <Button look="strong" name="change" value="join">
            {way === 'open' ? `Join ${hub.name}` : 'Submit join request'}
          </Button>
        </>
      )}
    </>
  );
}

const explain = {
  open: (name: string) => `Everybody may join ${name}: you are a member at once.`,
  request: () => 'An owner of the team answers. Until then your membership is listed as “Pending”.',
  accounts: (name: string) => `${name} takes members through the accounts system alone.`,
  invited: (name: string) => `The owners of ${name} add members themselves; follow it to see what it does.`,
};

function WhereElse({ hub }: { hub: HubInfo }) {
  const places = [
    hub.mailingList && (
      <a key="list" href={`mailto:${hub.mailingList}`}>
        {hub.mailingList}
      </a>
    ),
    hub.chatUrl && (
      <a key="room" href={hub.chatUrl}>
        the team’s chat room
      </a>
    ),
  ].filter(Boolean);
  const isOld = Date.now() - hub.createdAt.getTime() > OWNER_AWAY_DAYS * 86_400_000;
  return (
    <p className="mb-4 rounded-md bg-warn-soft px-4 py-3 text-sm text-warn">
      {isOld ? `No owner was here for ${OWNER_AWAY_DAYS} days` : 'No owner has been here yet'}, so an answer
      may take long.
      {places.length > 0 && (
        <>
          {' '}
          Say hello where the team talks: {places[0]}
          {places.length > 1 && <> or {places[1]}</>}.
        </>
      )}
    </p>
  );
}
