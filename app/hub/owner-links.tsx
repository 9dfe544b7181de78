import Link from 'next/link';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { type ViewAs, viewsAs } from '../../hubs/view-as.ts';
import { Menu } from '../../ui/menu.tsx';

/** What owners find on their hub: its settings, and how others see it. */
export function OwnerLinks({ hub }: { hub: HubInfo }) {
  return (
    <>
      <Link href={`${hubPath(hub)}/settings/general`} prefetch={false}>
        Hub settings
      </Link>
      {!hub.archivedAt && <LayoutLink hub={hub} />}
      <Menu look="link" label="View as">
        <ul className="whitespace-nowrap">
          {Object.entries(viewsAs).map(([as, words]) => (
            <li key={as}>
              <Link
                href={`${hubPath(hub)}?as=${as}`}
                prefetch={false}
                className="block px-4 py-2 text-text hover:bg-sunken hover:no-underline"
              >
                {words}
              </Link>
            </li>
          ))}
        </ul>
      </Menu>
    </>
  );
}

/** To where the hub's widgets are arranged. */
export const LayoutLink = ({ hub }: { hub: HubInfo }) => (
  <Link href={`${hubPath(hub)}/layout`} prefetch={false}>
    Edit page layout
  </Link>
);

/** Says that the page is seen with somebody else's eyes, and leads back. */
export function SeenAs({ as, hub }: { as: ViewAs; hub: HubInfo }) {
  return (
    <p role="status" className="border-warn border-b-2 bg-warn-soft px-4 py-2 text-center text-sm">
      This is how {viewsAs[as]} sees the hub; it does not move.{' '}
      <Link href={hubPath(hub)}>Back to your own view</Link>
    </p>
  );
}

/** Of a private hub others see that there is none. */
export const SeenAsNothing = ({ as, hub }: { as: ViewAs; hub: HubInfo }) => (
  <>
    <SeenAs as={as} hub={hub} />
    <div className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="font-semibold text-2xl">There is no hub here</h1>
      <p className="mt-3 text-muted">
        {hub.name} is private: to {viewsAs[as]} it does not exist.
      </p>
    </div>
  </>
);
