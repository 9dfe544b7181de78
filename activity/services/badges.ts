// Badges: awards, ranks and first visits.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/badges.png';

const event = (m: Subject) => m.kind.slice(m.kind.indexOf('.') + 1);
const personIn = (m: Subject) => m.firstText('user.username', 'person.nickname');

function describeFedmsg(m: Subject): Said | undefined {
  const user = personIn(m);
  const sentences: Record<string, string> = {
    'badge.award': '{user} has been awarded the "{badge}" badge',
    'person.rank.advance': '{user} moved to position {rank} on the badges leaderboard',
    'person.login.first': '{user} logged in to badges.fedoraproject.org for the first time',
  };
  const template = sentences[event(m)];
  return {
    sentence: fill(template, {
      user: person(user),
      badge: m.text('badge.name'),
      rank: m.text('person.rank'),
    }),
    link: user ? whole`https://badges.fedoraproject.org/user/${user}` : null,
    icon: m.text('badge.image_url'),
    picture: user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    objects: [m.text('badge.name')?.toLowerCase().replaceAll(' ', '-')],
    body: m.text('badge.description'),
  };
}

function describeSchema(m: Subject): Said | undefined {
  const user = personIn(m);
  const isLogin = event(m) === 'person.login.first';
  const sentences: Record<string, string> = {
    'badge.award': '{user} was awarded the badge `{badge}`',
    'person.rank.advance': "{user}'s Badges rank changed[ from {old}] to {rank}",
    'person.login.first': '{user} logged into badges for the first time',
  };
  const template = sentences[event(m)];
  return {
    sentence: fill(template, {
      user: person(user),
      badge: m.text('badge.name'),
      rank: m.text('person.rank'),
      old: m.text('old_rank'),
    }),
    icon: m.text('badge.image_url'),
    picture: user && isLogin ? avatarOf(user) : null,
    // A badge is given by nobody, yet it belongs into the feed of who got it.
    agent: isLogin ? (user ?? null) : null,
    people: [user],
    touches: user ? [`user:${user.toLowerCase()}`] : [],
    objects: [m.text('badge.name')?.toLowerCase().replaceAll(' ', '-')],
    body: m.text('badge.description'),
  };
}

export const badges: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
