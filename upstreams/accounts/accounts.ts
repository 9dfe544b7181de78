// Who is who and who is in which group: what Hubs asks of an accounts service, whichever it is.

export interface AccountGroup {
  name: string;
  description: string;
  mailingList: string | null;
  /** The group's own page. */
  url: string | null;
  /** Chat rooms: `irc://`, `matrix://`, `https://` or a bare `#channel`. */
  irc: string[];
  /** Where it discusses, such as `https://discussion.example.org/tag/design`. */
  discussionUrl: string | null;
  /** User names. A sponsor need not be a member. */
  members: string[];
  sponsors: string[];
  /** Of members and sponsors by their user names in lower case; empty where it is unknown or private. */
  fullNames: ReadonlyMap<string, string>;
  /** What FASJSON can't say; a file can. */
  kind?: 'team' | 'project' | 'regional' | 'broadcast';
  /** Forge projects as `namespace/name`. */
  projects?: string[];
  packages?: string[];
  /** The name of its calendar in Fedocal, or the address of an iCal file. */
  calendar?: string;
}

/** A person as others may know them: of somebody private only name, e-mail and `memberSince` are filled. */
export interface AccountPerson {
  username: string;
  fullName: string | null;
  isPrivate: boolean;
  email: string | null;
  /** Rooms and names: `matrix://server/name`, `irc://network/name` or a bare name. */
  chat: string[];
  /** IANA name, or an old one such as `US/Eastern`. */
  timeZone: string | null;
  websites: string[];
  /** ISO date and time. */
  memberSince: string | null;
  /** What FASJSON can't say; a file can. */
  country: string | null;
}

/** Names are compared without regard to case; a name that can be none is unknown. All throw UpstreamError. */
export interface Accounts {
  /** A group with its members and sponsors; null where there is none of that name. */
  group(name: string): Promise<AccountGroup | null>;
  hasGroup(name: string): Promise<boolean>;
  groupNames(): Promise<string[]>;
  person(name: string): Promise<AccountPerson | null>;
}

/** What a name may be: of people, groups and hubs alike. Nothing in it is ever encoded in an address. */
export const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;

/** What the accounts system keeps to itself of somebody private; the service does so only in some of its answers. */
export const withoutPrivate = (person: AccountPerson): AccountPerson =>
  person.isPrivate
    ? { ...person, fullName: null, chat: [], timeZone: null, websites: [], country: null }
    : person;

/** Both leave out the zone where it is UTC. */
export const inUtc = (creation: string): string => creation.replace(/(?<=T[\d:.]+)$/, 'Z');
