// The library of a hub: links in an order, added by members, kept by owners.
import { z } from 'zod';
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { hubEvent, promiseEvent, tellBrowsers } from './changes.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { type Move, moveWithin } from './move-within.ts';
import { isWebAddress, noWebAddress } from './web-address.ts';

const LINKS = 200;

/** The fields of a link as a form posts them. */
export const linkFields = {
  url: z.string().trim().refine(isWebAddress, noWebAddress),
  title: z.string().trim().max(200, 'Shorten the title to 200 characters.').default(''),
  description: z.string().trim().max(500, 'Shorten this to 500 characters.').default(''),
};

export interface LinkFields {
  url: string;
  /** Empty: the page's own, once it was read. */
  title: string;
  description: string;
}

/** What stands there until the page was read: its address without what every address has. */
export const titleFromUrl = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/$/, '')
    .slice(0, 200);

/** Puts a link on top. @throws {HubError} where it is there already, or the library is full */
export const addLink = (database: Database, asking: Asking, fields: LinkFields): Promise<string> =>
  database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'contribute');
    const hubId = entered.hub.id;
    await refuseTwice(tx, hubId, fields.url, null);
    const { _count: count, _min: first } = await tx.libraryLink.aggregate({
      where: { hubId },
      _count: true,
      _min: { place: true },
    });
    if (count >= LINKS)
      throw new HubError(`The library is full: ${LINKS} links are in it. Remove one first.`);
    const title = fields.title || titleFromUrl(fields.url);
    const link = await tx.libraryLink.create({
      data: { ...fields, title, hubId, place: (first.place ?? 0) - 1, addedById: entered.viewer.person.id },
    });
    await promisePreview(tx, link.id);
    await tell(entered);
    return `“${title}” is in the library.`;
  });

/** Changes a link; another address is looked at anew. @throws {HubError} */
export const editLink = (
  database: Database,
  asking: Asking,
  id: number,
  fields: LinkFields,
): Promise<string> =>
  database.$transaction(async (tx) => {
    const { entered, link } = await enterLink(tx, asking, id);
    await refuseTwice(tx, entered.hub.id, fields.url, id);
    const title = fields.title || titleFromUrl(fields.url);
    const moved = fields.url !== link.url;
    const anew = moved ? { picture: null, checkedAt: null, deadSince: null } : {};
    await tx.libraryLink.update({ where: { id }, data: { ...fields, title, ...anew } });
    if (moved) await promisePreview(tx, id);
    await tell(entered);
    return `“${title}” is changed.`;
  });

/** @throws {HubError} */
export const removeLink = (database: Database, asking: Asking, id: number): Promise<string> =>
  database.$transaction(async (tx) => {
    const { entered, link } = await enterLink(tx, asking, id);
    await tx.libraryLink.delete({ where: { id } });
    await tell(entered);
    return `“${link.title}” is out of the library.`;
  });

/**
 * Gives a link another place.
 * @param to beside its neighbour above or below, or behind the link of that id (0: the first place)
 * @throws {HubError}
 */
export const moveLink = (database: Database, asking: Asking, id: number, to: Move): Promise<string> =>
  database.$transaction(async (tx) => {
    const { entered, link } = await enterLink(tx, asking, id);
    const hubId = entered.hub.id;
    const links = await tx.libraryLink.findMany({ where: { hubId }, orderBy: { place: 'asc' } });
    const order = moveWithin(
      links.map((one) => one.id),
      id,
      to,
    );
    if (!order) return `“${link.title}” is ${to === 'up' ? 'the first' : 'the last'} already.`;
    // Both places are free again at the commit.
    await tx.$executeRaw`
      UPDATE library_link SET place = given.place::int
      FROM unnest(${order}::int[]) WITH ORDINALITY given (id, place) WHERE library_link.id = given.id`;
    await tell(entered);
    const above = links.find((one) => one.id === order[order.indexOf(id) - 1]);
    return above ? `“${link.title}” is below “${above.title}”.` : `“${link.title}” is the first.`;
  });

async function enterLink(tx: Prisma.TransactionClient, asking: Asking, id: number) {
  const entered = await enterHub(tx, asking, 'configure');
  const link = await tx.libraryLink.findFirst({ where: { id, hubId: entered.hub.id } });
  if (!link) throw new HubError('That link is not in the library any more.', { code: 'not_found' });
  return { entered, link };
}

async function refuseTwice(
  tx: Prisma.TransactionClient,
  hubId: number,
  url: string,
  id: number | null,
): Promise<void> {
  const same = await tx.libraryLink.findFirst({
    where: { hubId, url, ...(id === null ? {} : { id: { not: id } }) },
  });
  if (same) {
    throw new HubError(`That link is in the library already: “${same.title}”.`, {
      code: 'conflict',
      field: 'url',
    });
  }
}

const PREVIEW_TRIES = 5;

/** Has the page looked at by the job `preview`. */
export async function promisePreview(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  link: number,
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('preview', ${JSON.stringify({ link })}::json, job_key := ${`preview ${link}`}, max_attempts := ${PREVIEW_TRIES}::int)`;
}

async function tell({ tx, hub, viewer, baseUrl }: Entered): Promise<void> {
  await tellBrowsers(tx, hub, 'hub');
  const agent = viewer.person.username;
  await promiseEvent(tx, hubEvent('hub.updated', { hub, changedKeys: ['library'], agent, baseUrl }));
}
