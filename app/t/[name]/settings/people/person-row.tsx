import type { Belonging } from '../../../../../hubs/list-people.ts';
import { Age } from '../../../../../ui/age.tsx';
import { Avatar } from '../../../../../ui/avatar.tsx';
import { Button, Form, type Given } from '../../../../../ui/form.tsx';
import { PersonLink } from '../../../../../ui/person-link.tsx';

const words = { promote: 'Make owner', demote: 'Make member', remove: 'Remove' };

interface Props {
  person: Belonging;
  action: string;
  given: Given | null;
  changes: (keyof typeof words)[];
  now: number;
  /** Their page in the accounts system. */
  profile: string | undefined;
}

/** One who belongs to the hub, with what an owner can do about it. */
export function PersonRow({ person, action, given, changes, now, profile }: Props) {
  const { username, fullName, since, byAccounts } = person;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <Avatar name={username} picture={null} size="small" />
      <p className="min-w-0 flex-1 basis-40 text-sm">
        <PersonLink username={username} hasHub={person.hasHub} profile={profile} /> {fullName}
        <span className="block text-muted text-xs">
          {byAccounts ? 'by the accounts system' : 'by Hubs'}, <Age time={since.getTime()} now={now} />
        </span>
      </p>
      {changes.length > 0 && (
        <Form action={action} given={given} className="flex flex-wrap gap-2">
          <input type="hidden" name="username" value={username} />
          {changes.map((change) => (
            <Button
              key={change}
              name="change"
              value={change}
              look={change === 'remove' ? 'danger' : 'plain'}
              aria-label={`${words[change]}: ${username}`}
            >
              {words[change]}
            </Button>
          ))}
        </Form>
      )}
    </li>
  );
}
