// Fedora Tagger: labels and ratings that people gave packages.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, rpm } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/tagger.png';

const sentences: [string, string][] = [
  ['tag.update', '{user} {verb}voted "{tag}" on {package}'],
  ['tag.create', '{user} added tag "{tag}" to {package}'],
  ['rating.update', '{user} gave {package} a rating of {rating}'],
  ['user.rank.update', "{user}'s rank changed to {rank}"],
  ['usage.toggle', '{user} declared that they {use} {package}'],
];

/** Who did it stands at a place of its own in each kind. */
const userPaths: Record<string, string> = { tag: 'vote.user', rating: 'rating.user' };

function packageOf(m: Subject): string | undefined {
  // Once an object whose only key was the package's name.
  const old = Object.keys(m.record('vote.tag.package'))[0];
  return m.firstText('package.name', 'rating.package.name') ?? m.text('vote.tag.package') ?? old;
}

function describe(m: Subject): Said {
  const event = m.kind.slice('fedoratagger.'.length);
  const template = sentences.find(([start]) => event.startsWith(start))?.[1];
  const path = userPaths[event.split('.')[0] ?? ''] ?? 'user';
  const name = m.text(`${path}.username`);
  const isHidden = m.at(`${path}.anonymous`) === true;
  const tag = m.text('vote.tag.tag');
  const pkg = packageOf(m);
  const user = isHidden || name === 'anonymous' ? undefined : name;
  return {
    sentence: fill(template, {
      user: isHidden && path !== 'vote.user' ? 'An anonymous user' : person(name),
      verb: m.at('vote.like') ? 'up' : 'down',
      tag,
      package: rpm(pkg),
      rating: m.text('rating.rating'),
      rank: m.text('user.rank'),
      use: m.at('usage') ? 'use' : 'no longer use',
    }),
    link: pkg && whole`https://apps.fedoraproject.org/tagger/${pkg}`,
    picture: name ? avatarOrMachine(name) : icon,
    agent: user ?? null,
    packages: event.startsWith('user.') ? [] : [pkg],
    objects: [pkg && whole`packages/${pkg}`, tag && whole`labels/${tag}`],
  };
}

export const fedoratagger: Service = { icon, fedmsg: describe };
