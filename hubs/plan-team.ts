// What a team hub gets of its group, compared with what it has: plain data, for a sync and for its dry run.
import type { AccountGroup } from '../upstreams/accounts/accounts.ts';
import { chatUrl } from './chat-url.ts';
import type { HubInfo } from './find-hub.ts';

export interface GroupRole {
  username: string;
  name: 'member' | 'owner';
}

export type GroupSettings = Partial<
  Pick<
    HubInfo,
    | 'summary'
    | 'description'
    | 'mailingList'
    | 'chatUrl'
    | 'discourseTag'
    | 'teamKind'
    | 'projects'
    | 'packages'
    | 'calendar'
  >
>;

export interface TeamPlan {
  settings: GroupSettings;
  given: GroupRole[];
  taken: GroupRole[];
  /** People who lose all that the group gave them. */
  leaving: string[];
  /** How many people it gave something before. */
  before: number;
  /** Whom the group names, while somebody else goes by that name here: they get nothing. */
  strangers: string[];
}

/** The first sentence presents the team; the whole welcomes, where it says more. */
export function settingsOf(group: AccountGroup): GroupSettings {
  const description = group.description.trim();
  const summary = /^.*?[.!?](?=\s|$)|^.*$/m.exec(description)?.[0] ?? '';
  return {
    summary: summary || group.name,
    description: summary === description ? '' : description,
    mailingList: group.mailingList,
    chatUrl: roomsOf(group)[0] ?? null,
    discourseTag: tagOf(group.discussionUrl),
    // An accounts service that does not know them leaves alone what the owners said.
    ...(group.kind && { teamKind: group.kind }),
    ...(group.projects && { projects: group.projects }),
    ...(group.packages && { packages: group.packages }),
    ...(group.calendar && { calendar: group.calendar }),
  };
}

/** Web pages of the group that no setting holds: they begin its library. */
export function linksOf(group: AccountGroup): string[] {
  const discussion = tagOf(group.discussionUrl) === null ? group.discussionUrl : null;
  const all = [group.url, discussion, ...roomsOf(group).slice(1)];
  return [...new Set(all)].filter((url) => url !== null && /^https?:/.test(url)) as string[];
}

const roomsOf = ({ irc }: AccountGroup) => irc.map(chatUrl).filter((url) => url !== null);

/** `https://…/tag/design` and `/tags/c/team/7/design` name a tag; a category does not. */
function tagOf(discussionUrl: string | null): string | null {
  const path = discussionUrl ? URL.parse(discussionUrl)?.pathname : null;
  const tag = path ? /\/tag\/([^/]+)\/?$|\/tags\/c\/.+\/([^/]+)\/?$/.exec(path) : null;
  try {
    return tag ? decodeURIComponent(tag[1] ?? tag[2] ?? '') : null;
  } catch {
    return null; // not encoded as addresses are
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isEmpty = (value: unknown) => value === null || value === '' || same(value, []);

/**
 * What of the group's settings the hub gets: where the group changed what an owner did not. Of a team that was not
 * read before, where it says nothing yet.
 * @param said what the group said at the reading before
 */
export function changedSettings(hub: HubInfo, said: GroupSettings | null, now: GroupSettings): GroupSettings {
  const keys = Object.keys(now) as (keyof GroupSettings)[];
  const changed = keys.filter((key) => {
    if (same(hub[key], now[key])) return false;
    return said && key in said ? same(hub[key], said[key]) : isEmpty(hub[key]);
  });
  return Object.fromEntries(changed.map((key) => [key, now[key]]));
}

/** @param held what the group gave so far @param strangers names, in lower case, that are somebody else's here */
export function planRoles(
  group: AccountGroup,
  held: GroupRole[],
  strangers: ReadonlySet<string>,
): Omit<TeamPlan, 'settings'> {
  const all = [
    ...group.members.map((username): GroupRole => ({ username, name: 'member' })),
    ...group.sponsors.map((username): GroupRole => ({ username, name: 'owner' })),
  ];
  const isStranger = ({ username }: GroupRole) => strangers.has(username.toLowerCase());
  const wanted = new Map(all.filter((role) => !isStranger(role)).map((role) => [keyOf(role), role]));
  const had = new Map(held.map((role) => [keyOf(role), role]));
  const stay = new Set([...wanted.values()].map(({ username }) => username.toLowerCase()));
  const before = new Set(held.map(({ username }) => username.toLowerCase()));
  return {
    given: [...wanted].filter(([key]) => !had.has(key)).map(([, role]) => role),
    taken: [...had].filter(([key]) => !wanted.has(key)).map(([, role]) => role),
    leaving: [...before].filter((username) => !stay.has(username)),
    before: before.size,
    strangers: [...new Set(all.filter(isStranger).map(({ username }) => username))],
  };
}

const keyOf = ({ username, name }: GroupRole) => `${name} ${username.toLowerCase()}`;

/** So many people leave a team in a day; more of them look like a fault of the accounts system. */
const LEAVING_PEOPLE = 5;
const LEAVING_SHARE = 0.2;

/** Why a person should look before this is done, with what to do then; null where nothing speaks against it. */
export function doubtOf(group: AccountGroup, { leaving, before }: TeamPlan): string | null {
  const remedy = `Nothing was changed. If that is right: hubs fas sync-teams --force ${group.name}`;
  if (before > 0 && group.members.length + group.sponsors.length === 0)
    return `The group ${group.name} had ${before} people and now has nobody in it. ${remedy}`;
  if (leaving.length > LEAVING_PEOPLE && leaving.length > before * LEAVING_SHARE)
    return `${leaving.length} of ${before} people would leave ${group.name}. ${remedy}`;
  return null;
}
