import Link from 'next/link';
import type { Waiting } from '../../../../../hubs/list-people.ts';
import { Age } from '../../../../../ui/age.tsx';
import { Avatar } from '../../../../../ui/avatar.tsx';
import { Button, Choice, Field, Form, type Given } from '../../../../../ui/form.tsx';

interface Props {
  request: Waiting;
  action: string;
  given: Given | null;
  /** A group of the accounts decides about members, here (where it has a page). */
  tied: { page: string | null } | null;
  mentors: string[];
  canChange: boolean;
  now: number;
}

/** Somebody who asks to join: what they say, who looks after them, and the answer. */
export function RequestRow({ request, action, given, tied, mentors, canChange, now }: Props) {
  const { id, username, fullName, text, createdAt, mentor } = request;
  const of = (what: string) => (given?.fields.do === what ? given : null);
  const hidden = <input type="hidden" name="request" value={id} />;
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <Avatar name={username} picture={null} size="small" />
        <div className="min-w-0 flex-1 text-sm">
          <p>
            <Link href={`/u/${username}`} prefetch={false} className="font-semibold">
              {username}
            </Link>{' '}
            {fullName}
          </p>
          <p className="text-muted text-xs">
            applied <Age time={createdAt.getTime()} now={now} /> ·{' '}
            {mentor ? `mentor ${mentor}` : 'no mentor yet'}
          </p>
          {text && <p className="mt-1.5 whitespace-pre-line break-words">{text}</p>}
        </div>
      </div>
      {canChange && (
        <div className="mt-3 flex flex-wrap items-start gap-2 sm:pl-9">
          {tied ? (
            tied.page ? (
              <a
                href={tied.page}
                className="inline-flex items-center rounded-md border border-accent bg-accent px-3 py-1.5 font-medium text-sm text-surface touch:min-h-11"
              >
                Add in the accounts system
              </a>
            ) : (
              <p className="py-1.5 text-sm">
                Add {username} in the accounts system; the request closes by itself.
              </p>
            )
          ) : (
            <Form action={action} given={of('approve')}>
              {hidden}
              <Button look="strong" name="do" value="approve" aria-label={`Approve ${username}`}>
                Approve
              </Button>
            </Form>
          )}
          <details open={of('deny') !== null} className="open:basis-full">
            <summary className="inline-flex list-none items-center rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
              Deny…
            </summary>
            <Form action={action} given={of('deny')} className="mt-3 max-w-xl">
              {hidden}
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
          <details open={of('mentor') !== null} className="open:basis-full">
            <summary className="inline-flex list-none items-center rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
              Mentor…
            </summary>
            <Form action={action} given={of('mentor')} className="mt-3 max-w-xs">
              {hidden}
              <Choice
                name="mentor"
                label={`Who looks after ${username}?`}
                value={mentor ?? ''}
                options={[['', 'Nobody yet'], ...mentors.map((name): [string, string] => [name, name])]}
              />
              <Button name="do" value="mentor">
                Save
              </Button>
            </Form>
          </details>
        </div>
      )}
    </li>
  );
}
