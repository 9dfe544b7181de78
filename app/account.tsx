import Link from 'next/link';
import { hubPath } from '../hubs/find-hub.ts';
import { mayAdminister } from '../hubs/permissions.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { getStores } from './stores.ts';
import { getViewer } from './viewer.ts';

const menuItem =
  'block w-full cursor-pointer px-4 py-2 text-left text-text hover:bg-sunken hover:no-underline';

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
    <div id="account" className="ml-auto">
      <Menu
        look="bare"
        label={
          <>
            <Avatar name={username} picture={null} size="small" />
            <span className="max-w-40 truncate max-sm:sr-only">{username}</span>
            <span className="sr-only">, your hub and settings</span>
          </>
        }
      >
        <p className="border-line border-b px-4 pt-1 pb-2 text-muted">
          Signed in as{' '}
          <span className="block max-w-60 truncate font-semibold text-text">{fullName || username}</span>
        </p>
        <Link href={hubPath({ type: 'user', name: username })} prefetch={false} className={menuItem}>
          My hub
        </Link>
        <Link href="/settings" prefetch={false} className={menuItem}>
          Settings
        </Link>
        {mayAdminister(viewer) && (
          <Link href="/system" prefetch={false} className={menuItem}>
            The system
          </Link>
        )}
        <form action="/auth/sign-out" method="post" className="border-line border-t">
          <button type="submit" className={menuItem}>
            Sign out
          </button>
        </form>
      </Menu>
    </div>
  );
}
