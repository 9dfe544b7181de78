import Link from 'next/link';

/** A person's name; a link where they have a hub that can be seen. */
export function PersonLink({ username, hasHub }: { username: string; hasHub: boolean }) {
  if (!hasHub) return <strong className="font-semibold">{username}</strong>;
  return (
    <Link href={`/u/${username}`} prefetch={false} className="break-words font-semibold">
      {username}
    </Link>
  );
}
