import type { Metadata } from 'next';
import Link from 'next/link';
import { hubPath } from '../../../hubs/find-hub.ts';
import { readSide } from '../../../hubs/side.ts';
import { Button, Form } from '../../../ui/form.tsx';
import { TypeIcon } from '../../../ui/icons.tsx';
import { PutInOrder } from '../../../ui/put-in-order.tsx';
import { getStores } from '../../stores.ts';
import { demandViewer } from '../demand-viewer.ts';

export const metadata: Metadata = { title: 'My hubs' };

/** The order of the hubs at the side of the reader's pages. */
export default async function MyHubs() {
  const viewer = await demandViewer('/settings/hubs');
  const { database } = getStores();
  const [{ hubs }, person] = await Promise.all([
    readSide(database, viewer),
    database.person.findUnique({ where: { id: viewer.person.id }, select: { hubOrder: true } }),
  ]);
  const isOwn = (person?.hubOrder.length ?? 0) > 0;
  return (
    <section aria-labelledby="hubs">
      <h2 id="hubs" className="font-semibold text-lg">
        My hubs
      </h2>
      <p className="mt-1 max-w-2xl text-muted text-sm">
        The hubs you star, follow or belong to stand at the side,{' '}
        {isOwn ? 'in the order you gave them.' : 'those you visit most on top, until you give them an order.'}
      </p>
      {hubs.length === 0 ? (
        <p className="mt-4 text-sm">
          There are none yet. <Link href="/groups">Find a team</Link>
        </p>
      ) : (
        <>
          <ol className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
            {hubs.map((hub, at) => (
              <li key={hub.id} className="flex items-center gap-3 px-4 py-2">
                <TypeIcon name={hub.type === 'user' ? 'user' : hub.teamKind} className="size-4 shrink-0" />
                <Link href={hubPath(hub)} className="min-w-0 flex-1 break-words font-medium">
                  {hub.name}
                </Link>
                <Form action="/api/me/order" className="flex shrink-0 gap-1">
                  <input type="hidden" name="hub" value={hub.id} />
                  {at > 0 && (
                    <Button name="do" value="up" aria-label={`Move ${hub.name} up`}>
                      ↑
                    </Button>
                  )}
                  {at < hubs.length - 1 && (
                    <Button name="do" value="down" aria-label={`Move ${hub.name} down`}>
                      ↓
                    </Button>
                  )}
                </Form>
              </li>
            ))}
          </ol>
          <div className="mt-3 grid justify-items-start gap-3">
            <PutInOrder
              button="Drag them into order"
              label="My hubs"
              items={hubs.map(({ id, name }) => ({ id, text: name }))}
              action="/api/me/order"
              name="hub"
            />
            {isOwn && (
              <Form action="/api/me/order">
                <Button name="do" value="reset">
                  Order them by how often I visit
                </Button>
              </Form>
            )}
          </div>
        </>
      )}
    </section>
  );
}
