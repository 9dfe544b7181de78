import type { Prisma } from '../prisma/generated/client.ts';
import { type AccountGroup, type AccountPerson, namePattern } from '../upstreams/accounts/accounts.ts';
import { closeRequests } from './ask-to-join.ts';
import { tellBrowsers } from './changes.ts';
import { chatUrl } from './chat-url.ts';
import { defaultWidgets } from './defaults.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';

/**
 * Makes the team hub of an accounts group, or brings it up to date: configuration and roles that the accounts bring
 * follow them; widgets and roles that Hubs' own people set stay. Who has no hubs yet becomes a person without.
 * @param people the members and sponsors as the accounts know them; who is missing is known by the user name alone
 * @throws {HubError} when the name is none, or a team made by hand has it
 */
export async function createTeamHub(
  tx: Prisma.TransactionClient,
  group: AccountGroup,
  people: AccountPerson[] = [],
): Promise<{ hub: HubInfo; created: boolean }> {
  if (!namePattern.test(group.name)) {
    throw new HubError(
      `The group's name "${group.name}" can't be a hub's: use letters, digits, _ . - (64 at most, a letter or digit first)`,
    );
  }
  // Two who make the same hub at once: the second one updates it.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`team hub ${group.name.toLowerCase()}`}))`;
  const known = await tx.hub.findUnique({ where: { type_name: { type: 'team', name: group.name } } });
  if (known && known.groupName === null) {
    throw new HubError(
      `A team made by hand has the name ${known.name} already, and stays as it is: give the group another name in the accounts`,
    );
  }
  const configuration = configurationOf(group);
  const hub = known
    ? await tx.hub.update({ where: { id: known.id }, data: configuration })
    : await tx.hub.create({
        data: {
          ...configuration,
          type: 'team',
          name: group.name,
          groupName: group.name,
          widgets: { create: defaultWidgets({ type: 'team', discourseTag: configuration.discourseTag }) },
        },
      });
  await bringRoles(tx, hub, group, people);
  await closeRequests(tx, hub);
  return { hub, created: known === null };
}

/** The first sentence presents the team; the whole welcomes, where it says more. */
function configurationOf(group: AccountGroup) {
  const description = group.description.trim();
  const summary = /^.*?[.!?](?=\s|$)|^.*$/m.exec(description)?.[0] ?? '';
  return {
    summary: summary || group.name,
    description: summary === description ? '' : description,
    mailingList: group.mailingList,
    chatUrl: group.irc.map(chatUrl).find((url) => url !== null) ?? null,
    discourseTag: tagOf(group.discussionUrl),
    // An accounts service that does not know them leaves alone what the owners said.
    ...(group.kind && { teamKind: group.kind }),
    ...(group.projects && { projects: group.projects }),
    ...(group.packages && { packages: group.packages }),
    ...(group.calendar && { calendar: group.calendar }),
  };
}

/** `https://…/tag/design` and `/tags/c/team/7/design` name a tag; a category does not. */
function tagOf(discussionUrl: string | null): string | null {
  const path = discussionUrl ? URL.parse(discussionUrl)?.pathname : null;
  const tag = path ? /\/tag\/([^/]+)\/?$|\/tags\/c\/.+\/([^/]+)\/?$/.exec(path) : null;
  return tag ? decodeURIComponent(tag[1] ?? tag[2] ?? '') : null;
}

async function bringRoles(
  tx: Prisma.TransactionClient,
  hub: HubInfo,
  group: AccountGroup,
  people: AccountPerson[],
): Promise<void> {
  const hubId = hub.id;
  const fullNames = new Map(people.map((person) => [person.username.toLowerCase(), person.fullName ?? '']));
  const usernames = [...new Set([...group.members, ...group.sponsors])];
  await tx.person.createMany({
    data: usernames.map((username) => ({
      username,
      fullName: fullNames.get(username.toLowerCase()) ?? '',
    })),
    skipDuplicates: true,
  });
  const rows = await tx.person.findMany({ where: { username: { in: usernames } } });
  const ids = new Map(rows.map((person) => [person.username.toLowerCase(), person.id]));
  const wanted = [
    ...group.members.map((username) => ({ username, name: 'member' as const })),
    ...group.sponsors.map((username) => ({ username, name: 'owner' as const })),
  ].flatMap(({ username, name }) => {
    const personId = ids.get(username.toLowerCase());
    return personId === undefined ? [] : [{ hubId, personId, name, source: 'accounts' as const }];
  });
  const taken = await tx.role.deleteMany({
    where: {
      hubId,
      source: 'accounts',
      NOT: { OR: wanted.map(({ personId, name }) => ({ personId, name })) },
    },
  });
  const given = await tx.role.createMany({ data: wanted, skipDuplicates: true });
  // Whoever listens is asked again what they may hear.
  if (taken.count + given.count > 0) await tellBrowsers(tx, hub, 'role');
}
