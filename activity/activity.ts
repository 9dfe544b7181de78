// An activity is a message in words: who did what to what, as a list of parts.

export type Part =
  | { type: 'text'; text: string }
  | { type: 'person'; text: string; name: string }
  | { type: 'package'; text: string; name: string }
  | { type: 'hub'; text: string; name: string }
  | { type: 'link'; text: string; href: string };

export interface Activity {
  /** The sentence; the joined texts of its parts are the plain sentence. */
  parts: Part[];
  /** The same for the person it concerns, by their user name: "you …". */
  subjective: Record<string, Part[]>;
  /** The topic after the environment: what "hide this kind" hides. */
  kind: string;
  title: string;
  link: string | null;
  /** The service's icon. */
  icon: string | null;
  /** A picture of the agent, the badge, the package. */
  picture: string | null;
  /** Who did it. */
  agent: string | null;
  people: string[];
  /** Those it addresses, mentions, assigns or asks; the agent never. */
  concerns: string[];
  packages: string[];
  groups: string[];
  /** What was acted on, words joined by slashes. */
  objects: string[];
  /** What else it touches: keys of projects, tags, lists, calendars, rooms, and of people beside the agent. */
  touches: Key[];
  /** Longer text behind "Show summary", plain. */
  body: string | null;
  /** No rule knew the topic; the sentence is the honest generic one. */
  generic: boolean;
}

type KeyKind =
  | 'user'
  // Somebody the message addresses, mentions, assigns or asks: what streams are interested in.
  | 'concerns'
  | 'package'
  | 'project'
  | 'group'
  | 'tag'
  | 'list'
  | 'calendar'
  | 'room'
  | 'meeting'
  | 'topic'
  | 'category';

export type Key = `${KeyKind}:${string}`;

export const joinParts = (parts: Part[]): string => parts.map((part) => part.text).join('');
