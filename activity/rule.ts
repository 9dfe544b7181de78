// What a service's rules get and give.
import type { Message } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import type { Key, Part } from './activity.ts';
import { at, firstText, list, record, text, texts } from './read.ts';

/** A message as rules read it. */
export interface Subject {
  topic: string;
  /** The topic after the environment. */
  kind: string;
  /** The last word of the topic. */
  action: string;
  isStaging: boolean;
  /** When it was sent, milliseconds since 1970. */
  time: number;
  schema: string;
  /** The OS user that published it. */
  publisher: string | undefined;
  body: Record<string, unknown>;
  at(path: string): unknown;
  text(path: string): string | undefined;
  firstText(...paths: string[]): string | undefined;
  list(path: string): unknown[];
  texts(path: string, field?: string): string[];
  record(path: string): Record<string, unknown>;
  /** The user name behind an e-mail address or nick; what is unknown stays as it is. */
  personOf(address: string): string;
}

/** What a rule says of a message. Without a sentence the generic one stands. */
export interface Said {
  sentence?: Part[] | undefined;
  /** Where a person's sentence is more than the same with "you". */
  subjective?: Record<string, Part[]>;
  link?: string | null | undefined;
  /** Where it differs from the service's icon. */
  icon?: string | null | undefined;
  picture?: string | null | undefined;
  agent?: string | null | undefined;
  people?: (string | null | undefined)[];
  /** Besides the people that are not the agent. */
  concerns?: (string | null | undefined)[];
  /** People whom it names but doesn't address. */
  bystanders?: (string | null | undefined)[];
  packages?: (string | null | undefined)[];
  groups?: (string | null | undefined)[];
  objects?: (string | null | undefined)[];
  touches?: Key[];
  body?: string | null | undefined;
}

export type Rule = (message: Subject) => Said | undefined;

/** A service: `fedmsg` for messages as they were until 2019, `schema` for those of fedora-messaging. */
export interface Service {
  icon?: string | null;
  fedmsg?: Rule;
  schema?: Rule;
  /** Where it differs from `icon`. */
  schemaIcon?: string | null;
}

export type PersonOf = (address: string) => string | undefined;

const ownDomain = '@fedoraproject.org';

export function toSubject(message: Message, personOf: PersonOf = () => undefined): Subject {
  const { body } = message;
  const { kind } = readTopic(message.topic);
  return {
    topic: message.topic,
    kind,
    action: kind.slice(kind.lastIndexOf('.') + 1),
    isStaging: message.environment.startsWith('st'),
    time: message.time,
    schema: message.schema ?? '',
    publisher: message.publisher,
    body,
    at: (path) => at(body, path),
    text: (path) => text(body, path),
    firstText: (...paths) => firstText(body, ...paths),
    list: (path) => list(body, path),
    texts: (path, field) => texts(body, path, field),
    record: (path) => record(body, path),
    personOf: (address) =>
      address.endsWith(ownDomain) ? address.slice(0, -ownDomain.length) : (personOf(address) ?? address),
  };
}
