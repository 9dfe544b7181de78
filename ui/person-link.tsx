import Link from 'next/link';

interface Props {
  username: string;
  hasHub: boolean;
  /** Their page in the accounts system. */
  profile?: string | undefined;
}

/** A person's name; a link where they have a hub that can be seen, or a page elsewhere. */
export function PersonLink({ username, hasHub, profile }: Props) {
  if (!hasHub && profile)
    return (
      <a href={profile} className="break-words font-semibold">
        {username}
      </a>
    );
  if (!hasHub) return <strong className="font-semibold">{username}</strong>;
  return (
    <Link href={`/u/${username}`} prefetch={false} className="break-words font-semibold">
      {username}
    </Link>
  );
}
