import Link from 'next/link';
import { hubPath } from '../hubs/find-hub.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, menuItem } from '../ui/menu.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { getStores } from './stores.ts';
import { getViewer } from './viewer.ts';

/** The end of the header: who is signed in and what is theirs, or the way in. */
export async function Account() {
  // The frame stands around error pages too; without the database nobody can be told apart, nor sign in.
  const viewer = await getViewer().catch((error: unknown) => {
    getStores().log.error({ err: error }, 'the header could not be made');
    return 'unknown' as const;
  });
  if (viewer === 'unknown') return null;
  if (!viewer)
    return (
      <div className="ml-auto">
        <SignInLink />
      </div>
    );
  const { username, fullName } = viewer.person;
  return (
    <div className="ml-auto">
      <Menu
        label={`${username}: your hub and settings`}
        className="px-1.5 py-0.5 hover:bg-sunken"
        button={
          <>
            <Avatar name={username} picture={null} size="small" />
            <span className="hidden max-w-40 truncate font-medium text-sm sm:inline">{username}</span>
            <span aria-hidden="true" className="text-muted text-xs">
              ▾
            </span>
          </>
        }
      >
        <p className="border-line border-b px-4 pt-1 pb-2 text-muted text-sm">
          Signed in as{' '}
          <span className="block max-w-60 truncate font-semibold text-text">{fullName || username}</span>
        </p>
        <Link href={hubPath({ type: 'user', name: username })} prefetch={false} className={menuItem}>
          My hub
        </Link>
        <Link href="/settings" prefetch={false} className={menuItem}>
          Settings
        </Link>
        <form action="/auth/sign-out" method="post" className="border-line border-t">
          <button type="submit" className={menuItem}>
            Sign out
          </button>
        </form>
      </Menu>
    </div>
  );
}
