// Nuancier: elections of wallpapers.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

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
        whole`https://apps.fedoraproject.org/nuancier/${kind}/${m.text('election.id')}`,
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
