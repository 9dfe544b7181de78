'use client';
import Link from 'next/link';
import { Age } from '../../ui/age.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, Field, Form } from '../../ui/form.tsx';
import type { ViewProps } from '../kind.ts';
import type { OwnRequest, RequestsOwn, WaitingRequest } from './read-requests.ts';

export default function RequestsView({ own, now }: ViewProps<RequestsOwn, null>) {
  const { waiting, total, mine, mentored } = own;
  if (waiting.length + mine.length + mentored.length === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">
        Nobody waits for you. Who asks to join a team you own stands here, and so do answers to your own
        requests.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {waiting.map((request) => (
        <li key={request.id} className="px-4 py-3">
          <WaitingLine request={request} now={now} />
        </li>
      ))}
      {total > waiting.length && (
        <li className="px-4 py-2.5 text-sm">
          <Link href="/stream/actions" prefetch={false}>
            {(total - waiting.length).toLocaleString('en')} more wait
          </Link>
        </li>
      )}
      {mentored.map(({ id, hub, username }) => (
        <li key={`mentored-${id}`} className="px-4 py-3 text-sm">
          You are the mentor of <strong>{username}</strong>, who asks to join{' '}
          <Link href={hub.path}>{hub.name}</Link>.
        </li>
      ))}
      {mine.map((request) => (
        <li key={request.id} className="px-4 py-3 text-sm">
          <OwnLine request={request} now={now} />
        </li>
      ))}
    </ul>
  );
}

function WaitingLine({ request, now }: { request: WaitingRequest; now: number }) {
  const { id, hub, username, text, createdAt, mentor, tied } = request;
  const action = `/api/hubs/${hub.id}/requests`;
  return (
    <>
      <div className="flex gap-3">
        <Avatar name={username} picture={null} size="small" />
        <div className="min-w-0 flex-1 text-sm">
          <p>
            <strong>{username}</strong> asks to join{' '}
            <Link href={`${hub.path}/settings/people`} prefetch={false}>
              {hub.name}
            </Link>
          </p>
          <p className="text-muted text-xs">
            <Age time={createdAt} now={now} />
            {mentor && ` · mentor ${mentor}`}
          </p>
          {text && <p className="mt-1 line-clamp-4 whitespace-pre-line break-words">{text}</p>}
        </div>
      </div>
      <div className="mt-2.5 flex flex-wrap items-start gap-2">
        {tied ? (
          <AddElsewhere page={tied.page} />
        ) : (
          <Form action={action}>
            <input type="hidden" name="request" value={id} />
            <Button
              look="strong"
              name="do"
              value="approve"
              aria-label={`Approve ${username} for ${hub.name}`}
            >
              Approve
            </Button>
          </Form>
        )}
        <details className="open:basis-full">
          <summary className="inline-flex list-none items-center rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
            Deny…
          </summary>
          <Form action={action} className="mt-3">
            <input type="hidden" name="request" value={id} />
            <Field
              name="answer"
              type="textarea"
              rows={3}
              maxLength={1000}
              label={`A kind word to ${username}`}
              hint="Why not now, and what they could do instead. They read it."
            />
            <Button look="danger" name="do" value="deny">
              Deny
            </Button>
          </Form>
        </details>
      </div>
    </>
  );
}

function AddElsewhere({ page }: { page: string | null }) {
  if (!page) return <p className="py-1.5 text-muted text-sm">Add them in the accounts system.</p>;
  return (
    <a
      href={page}
      className="inline-flex items-center rounded-md border border-accent bg-accent px-3 py-1.5 font-medium text-sm text-surface touch:min-h-11 hover:no-underline"
    >
      Add in the accounts system
    </a>
  );
}

function OwnLine({ request: { hub, state, answer, mentor, at }, now }: { request: OwnRequest; now: number }) {
  return (
    <>
      <p>
        {state === 'approved' ? 'You are a member of ' : 'You asked to join '}
        <Link href={hub.path}>{hub.name}</Link>
        {state === 'pending' && ': pending'}
        {state === 'denied' && ': not this time'}
      </p>
      <p className="text-muted text-xs">
        <Age time={at} now={now} />
        {state === 'pending' && mentor && ` · your mentor: ${mentor}`}
      </p>
      {answer && <p className="mt-1 whitespace-pre-line break-words">{answer}</p>}
    </>
  );
}
