// Requests for help in a hub's name: asked by members, taken by whoever likes to, done.
import { z } from 'zod';
import type { Database } from '../prisma/client.ts';
import type { HelpRequest, Prisma } from '../prisma/generated/client.ts';
import { hubEvent, promiseEvent, tellBrowsers } from './changes.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { maySeeHelp, maySettleHelp } from './permissions.ts';

const OPEN_REQUESTS = 50;

/** The fields of a request as a form posts them. */
export const helpFields = {
  title: z
    .string()
    .trim()
    .min(1, 'Say in a few words what you need.')
    .max(200, 'Shorten this to 200 characters.'),
  text: z.string().trim().max(5_000, 'Shorten this to 5,000 characters.').default(''),
};

export const helpSteps = ['take', 'release', 'done'] as const;
export type HelpStep = (typeof helpSteps)[number];

/** @throws {HubError} where 50 are open already: nobody reads more */
export const askForHelp = (
  database: Database,
  asking: Asking,
  fields: { title: string; text: string },
): Promise<string> =>
  database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'contribute');
    const open = await tx.helpRequest.count({ where: { hubId: entered.hub.id, state: { not: 'done' } } });
    if (open >= OPEN_REQUESTS) {
      throw new HubError(`${OPEN_REQUESTS} requests are open: say of some that they are done first.`);
    }
    await tx.helpRequest.create({
      data: { ...fields, hubId: entered.hub.id, askedById: entered.viewer.person.id },
    });
    await tell(entered);
    return 'Your request is there; it stands on top for the team and on the first page.';
  });

/**
 * Takes a request, gives it back, or says that it is done.
 * @throws {HubError} where somebody else was quicker, or it is not the viewer's to say
 */
export const moveHelp = (database: Database, asking: Asking, id: number, step: HelpStep): Promise<string> =>
  database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'help');
    const request = await tx.helpRequest.findFirst({
      where: { id, hubId: entered.hub.id },
      include: { takenBy: { select: { username: true } } },
    });
    if (!request || !(await maySee(entered, request)))
      throw new HubError('There is no such request any more.', { code: 'not_found' });
    const { data, said } = steps[step](request, entered);
    if (data) {
      await tx.helpRequest.update({ where: { id }, data });
      await tell(entered);
    }
    return said;
  });

/** Where a team shows its requests to members only, they are not for others to take either. */
async function maySee({ tx, hub, viewer }: Entered, request: HelpRequest): Promise<boolean> {
  const restricted = await tx.widget.findFirst({ where: { hubId: hub.id, kind: 'help', restricted: true } });
  return maySeeHelp(viewer, hub, request, restricted !== null);
}

type Known = HelpRequest & { takenBy: { username: string } | null };
type Step = (
  request: Known,
  entered: Entered,
) => { data: Prisma.HelpRequestUncheckedUpdateInput | null; said: string };

const steps: Record<HelpStep, Step> = {
  take(request, { viewer }) {
    const { id: takenById } = viewer.person;
    if (request.takenById === takenById && request.state === 'taken')
      return { data: null, said: 'You took it already.' };
    if (request.state === 'done') throw new HubError('It is done already.', { code: 'conflict' });
    if (request.state === 'taken') {
      throw new HubError(`${request.takenBy?.username ?? 'Somebody'} was quicker and took it.`, {
        code: 'conflict',
      });
    }
    return { data: { state: 'taken', takenById, takenAt: new Date() }, said: 'It is yours. Thank you!' };
  },
  release(request, entered) {
    if (request.state === 'open') return { data: null, said: 'It is free already.' };
    settle(request, entered);
    if (request.state === 'done') throw new HubError('It is done already.', { code: 'conflict' });
    return { data: { state: 'open', takenById: null, takenAt: null }, said: 'It is free for somebody else.' };
  },
  done(request, entered) {
    if (request.state === 'done') return { data: null, said: 'It is done already.' };
    settle(request, entered);
    return { data: { state: 'done', doneAt: new Date() }, said: 'Done. Thank you!' };
  },
};

function settle(request: Known, { viewer, hub }: Entered): void {
  if (maySettleHelp(viewer, hub, request)) return;
  throw new HubError('That is for who asked, who took it, and the owners.', { code: 'not_allowed' });
}

async function tell({ tx, hub, viewer, baseUrl }: Entered): Promise<void> {
  await tellBrowsers(tx, hub, 'hub');
  const agent = viewer.person.username;
  await promiseEvent(tx, hubEvent('hub.updated', { hub, changedKeys: ['help'], agent, baseUrl }));
}
