// Elections of people.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/elections.png';

const fedmsgSentences: [string, string][] = [
  ['election.new', '{agent} created election "{alias}"'],
  ['election.edit', '{agent} edited election "{alias}"'],
  ['candidate.new', '{agent} added candidate "{candidate}" to election "{alias}"'],
  ['candidate.edit', '{agent} edited candidate "{candidate}" of election "{alias}"'],
  ['candidate.delete', '{agent} deleted candidate "{candidate}" of election "{alias}"'],
];

const schemaSentences: [string, string][] = [
  ['election.new', '{agent} created election "{title}" ({alias})'],
  ['election.edit', '{agent} edited election "{title}" ({alias})'],
  ['candidate.new', '{agent} added candidate "{candidate}"[ ({person})] for election "{title}" ({alias})'],
  ['candidate.edit', '{agent} edited candidate "{candidate}"[ ({person})] for election "{title}" ({alias})'],
  [
    'candidate.delete',
    '{agent} deleted candidate "{candidate}"[ ({person})] for election "{title}" ({alias})',
  ],
];

function describe(m: Subject, isNew: boolean): Said {
  const template = (isNew ? schemaSentences : fedmsgSentences).find(([event]) => m.kind.includes(event))?.[1];
  const alias = m.firstText('election.alias', 'alias');
  const agent = m.firstText('agent', 'fas_user');
  const candidate = m.firstText('candidate.fas_name');
  return {
    sentence: fill(template, {
      agent: person(agent),
      alias,
      title: m.text('election.shortdesc'),
      candidate: m.text('candidate.name'),
      person: candidate && person(candidate),
    }),
    link: isNew
      ? m.text('election.url')
      : alias && whole`https://admin.fedoraproject.org/voting/about/${alias}`,
    picture: agent ? (isNew ? avatarOf(agent) : avatarOrMachine(agent)) : null,
    agent: agent ?? null,
    people: isNew ? [agent, candidate] : [agent],
    concerns: [candidate],
    objects: [[alias, ...m.kind.split('.').slice(-2)].join('/')],
  };
}

export const elections: Service = {
  schemaIcon: icon,
  icon: null,
  fedmsg: (m) => describe(m, false),
  schema: (m) => describe(m, true),
};
