// Elections of people, and of wallpapers (Nuancier).
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';

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
    link: isNew ? m.text('election.url') : alias && `https://admin.fedoraproject.org/voting/about/${alias}`,
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

const nuancierSentences: [string, string][] = [
  ['election.update', '{agent} changed the following details on the "{election}" election: {details}'],
  ['election.new', '{agent} created a new election "{election}"'],
  ['candidate.new', '{agent} uploaded a new candidate for the "{election}" wallpaper election'],
  [
    'candidate.denied',
    '{agent} denied {author}\'s "{candidate}" submission to the "{election}" wallpaper election',
  ],
  [
    'candidate.approved',
    '{agent} approved {author}\'s "{candidate}" submission to the "{election}" wallpaper election',
  ],
];

export const nuancier: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/nuancier.png',
  fedmsg: (m) => {
    const template = nuancierSentences.find(([event]) => m.kind.includes(event))?.[1];
    const agent = m.text('agent');
    const author = m.text('candidate.submitter');
    const candidate = m.firstText('candidate.name');
    const election = m.text('election.name');
    if (election === undefined) return undefined;
    const [kind, action] = m.kind.split('.').slice(-2);
    return {
      sentence: fill(template, {
        agent: person(agent),
        author: person(author),
        candidate,
        election,
        details: m.texts('updated').join(', '),
      }),
      link:
        m.text('candidate.original_url') ??
        `https://apps.fedoraproject.org/nuancier/${kind}/${m.text('election.id')}`,
      picture: agent ? avatarOrMachine(agent) : null,
      agent: agent ?? null,
      people: [agent, author],
      objects: [
        [m.text('election.year'), election, ...(candidate ? [candidate] : []), kind, action].join('/'),
      ],
    };
  },
  schema: (m) => {
    const agent = m.firstText('agent', 'agent_name');
    return {
      sentence: fill('{agent} created thing "{name}"[ ({id})]', {
        agent: person(agent),
        name: m.text('thing.name'),
        id: m.text('thing.id'),
      }),
      link: m.text('thing.url'),
      picture: agent ? avatarOf(agent) : null,
      agent: agent ?? null,
    };
  },
};
