// An owner's answer to somebody who asks to join.
import type { Database } from '../prisma/client.ts';
import { tellBrowsers } from './changes.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { giveRole, tellOwners, tellPeople } from './move-role.ts';

export type Decision = 'approve' | 'deny';

const states = { approve: 'approved', deny: 'denied' } as const;

/**
 * Decides a request that waits. Of two owners who decide at once the second is told, unless both said the same.
 * @param answer what the person reads with the decision; a denial needs one
 * @returns a sentence
 * @throws {HubError}
 */
export function decideRequest(
  database: Database,
  asking: Asking,
  given: { request: number; decision: Decision; answer: string },
): Promise<string> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'configure');
    const { hub, viewer } = entered;
    const request = await findRequest(entered, given.request);
    const { person } = request;
    const state = states[given.decision];
    if (request.state !== 'pending') {
      if (request.state === state) return `${person.username} was ${state} already.`;
      throw new HubError(alreadyDecided(request), { code: 'conflict' });
    }
    if (given.decision === 'approve' && hub.groupName !== null) {
      throw new HubError(
        `The accounts system says who is in ${hub.groupName}: add ${person.username} there, and the request closes by itself.`,
        { code: 'conflict' },
      );
    }
    if (given.decision === 'deny' && given.answer === '') {
      throw new HubError(`Say a kind word: why not, and what ${person.username} could do instead.`, {
        field: 'answer',
      });
    }
    await tx.joinRequest.update({
      where: { id: request.id },
      data: { state, answer: given.answer, decidedAt: new Date(), decidedById: viewer.person.id },
    });
    if (given.decision === 'approve') await giveRole(entered, person, 'member');
    else await tellBrowsers(tx, hub, 'role');
    await tellOwners(entered);
    await tellPeople(tx, [person.id]);
    return given.decision === 'approve'
      ? `${person.username} is a member of ${hub.name} now.`
      : `${person.username} is not taken in, and reads your answer.`;
  });
}

/**
 * Names the member who looks after somebody who asks to join; an empty name: nobody.
 * @throws {HubError}
 */
export function chooseMentor(
  database: Database,
  asking: Asking,
  given: { request: number; mentor: string },
): Promise<string> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'configure');
    const request = await findRequest(entered, given.request);
    if (request.state !== 'pending') throw new HubError(alreadyDecided(request), { code: 'conflict' });
    const mentorId = given.mentor === '' ? null : await findMember(entered, given.mentor);
    if (mentorId === request.mentorId) return 'Nothing changed.';
    await tx.joinRequest.update({ where: { id: request.id }, data: { mentorId } });
    await tellOwners(entered);
    await tellPeople(tx, [request.personId, ...(mentorId === null ? [] : [mentorId])]);
    await tellBrowsers(tx, entered.hub, 'role');
    return mentorId === null
      ? `${request.person.username} has no mentor.`
      : `${given.mentor} is the mentor of ${request.person.username}.`;
  });
}

async function findRequest({ tx, hub }: Entered, id: number) {
  const request = await tx.joinRequest.findFirst({
    where: { id, hubId: hub.id },
    include: { person: true, decidedBy: true },
  });
  if (!request) throw new HubError(`Nobody asks that of ${hub.name}.`, { code: 'not_found' });
  return request;
}

function alreadyDecided({ person, state, decidedBy }: Awaited<ReturnType<typeof findRequest>>): string {
  if (state === 'withdrawn') return `${person.username} has withdrawn the request.`;
  return `${decidedBy?.username ?? 'The accounts system'} has decided already: ${person.username} was ${state}.`;
}

async function findMember({ tx, hub }: Entered, username: string): Promise<number> {
  const member = await tx.person.findFirst({
    where: { username, roles: { some: { hubId: hub.id, name: { in: ['member', 'owner'] } } } },
  });
  if (!member) {
    throw new HubError(`${username} does not belong to ${hub.name}; pick a member or an owner.`, {
      field: 'mentor',
    });
  }
  return member.id;
}
