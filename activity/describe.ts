// A message in words. A service's rules are chosen by schema or by topic; what no rule knows is said generically.
import type { Message } from '../bus/message.ts';
import type { Activity, Part } from './activity.ts';
import { findAgent, sayGenerically } from './generic.ts';
import { type PersonOf, type Said, type Service, type Subject, toSubject } from './rule.ts';
import { inSecondPerson } from './sentence.ts';
import { findService, kindOfSchema } from './services/index.ts';

interface Options {
  /** The user name behind an e-mail address or nick, where the accounts system knows it. */
  personOf?: PersonOf;
}

/** Never throws: whatever is a message is said, what is missing in it makes the sentence simpler. */
export function describe(message: Message, { personOf }: Options = {}): Activity {
  const subject = toSubject(message, personOf);
  const service = findService(message.category, subject.schema);
  const isNew = subject.schema !== '';
  const said = service ? ask(service, subject, isNew) : undefined;
  const agent = said?.agent === undefined ? findAgent(message.body) : said.agent || null;
  const parts = said?.sentence ?? sayGenerically(subject.kind, agent);
  const people = unique(said?.people ?? [agent]);
  const serviceIcon = isNew ? (service?.schemaIcon ?? service?.icon) : service?.icon;
  return {
    parts,
    subjective: { ...tellPeople(parts, [...people, agent]), ...said?.subjective },
    kind: subject.kind,
    title: subject.kind,
    link: said?.link || null,
    icon: (said?.icon === undefined ? serviceIcon : said.icon) || null,
    picture: said?.picture || null,
    agent,
    people,
    concerns: findConcerned(people, agent, said),
    packages: unique(said?.packages ?? []),
    groups: unique(said?.groups ?? []),
    objects: unique(said?.objects ?? []),
    touches: [...new Set(said?.touches)],
    body: said?.body || null,
    generic: !said?.sentence,
  };
}

/**
 * The rules for how it was sent first, then those for the other way: old shapes travel on the new bus too. Where a
 * topic says nothing that its service knows, the schema does.
 */
function ask(service: Service, subject: Subject, isNew: boolean): Said | undefined {
  const { schema, fedmsg } = service;
  const asked = isNew
    ? [() => schema?.(subject), () => askBySchema(service, subject), () => fedmsg?.(subject)]
    : [() => fedmsg?.(subject), () => schema?.(subject)];
  let first: Said | undefined;
  for (const answer of asked) {
    const said = answer();
    if (said?.sentence) return said;
    first ??= said;
  }
  return first;
}

function askBySchema(service: Service, subject: Subject): Said | undefined {
  const kind = kindOfSchema(subject.schema);
  if (kind === subject.kind) return undefined;
  return service.schema?.({ ...subject, kind, action: kind.slice(kind.lastIndexOf('.') + 1) });
}

function findConcerned(people: string[], agent: string | null, said: Said | undefined): string[] {
  const left = new Set([agent, ...(said?.bystanders ?? [])]);
  const named = people.filter((name) => !left.has(name));
  return unique([...named, ...(said?.concerns ?? [])]).filter((name) => name !== agent);
}

function unique(names: (string | null | undefined)[]): string[] {
  return [...new Set(names.filter((name): name is string => !!name))].sort();
}

function tellPeople(parts: Part[], people: (string | null)[]): Record<string, Part[]> {
  const told: Record<string, Part[]> = {};
  for (const name of people) {
    const words = name ? inSecondPerson(parts, name) : undefined;
    if (name && words) told[name] = words;
  }
  return told;
}
