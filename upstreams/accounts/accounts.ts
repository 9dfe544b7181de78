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
  /** What FASJSON can't say; a file can. */
  kind?: 'team' | 'project' | 'regional' | 'broadcast';
  /** Forge projects as `namespace/name`. */
  projects?: string[];
  packages?: string[];
  /** The name of its calendar in Fedocal, or the address of an iCal file. */
  calendar?: string;
}

export interface AccountPerson {
  username: string;
  fullName: string | null;
}

/** Names are compared without regard to case. */
export interface Accounts {
  /** A group with its members and sponsors; null where there is none of that name. */
  group(name: string): Promise<AccountGroup | null>;
  groups(): Promise<AccountGroup[]>;
  person(name: string): Promise<AccountPerson | null>;
  close?(): Promise<void>;
}

/** What a name may be: of people, groups and hubs alike. */
export const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;
