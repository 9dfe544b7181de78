// What people do beside their teams, and what the whole project does.
import type { Story } from '../happening.ts';
import {
  badgeAwarded,
  blogPost,
  composeLog,
  composeStatus,
  memberSponsored,
  playbook,
  rankAdvanced,
  wikiEdit,
} from '../services/community.ts';
import type { World } from '../world.ts';

const badges = [
  { id: 'tadpole', name: 'Tadpole', description: 'Ten changes merged. You are growing legs.' },
  { id: 'lamplighter', name: 'Lamplighter', description: 'You answered twenty questions in the forum.' },
  { id: 'bee-keeper', name: 'Bee keeper', description: 'You looked after five updates at once.' },
  { id: 'first-frost', name: 'First frost', description: 'You tested a release before its freeze.' },
  { id: 'storyteller', name: 'Storyteller', description: 'Your third post on the planet.' },
];

export function* badgeStory({ people, chance }: World): Story {
  const person = chance.pick(people);
  yield badgeAwarded(chance.pick(badges), person);
  const rank = chance.whole(3, 90);
  yield rankAdvanced(person, rank, rank - chance.whole(1, 2));
}

const posts: [title: string, text: string][] = [
  [
    'A week with the new shell',
    'I moved my work machine over on Monday. Here is what broke, and what I will not miss.',
  ],
  ['How I got into translation', 'It began with one wrong word in a dialog.'],
  ['Notes from the spring meetup', 'Forty people, two rooms, one coffee machine.'],
  ['Packaging for the impatient', 'The shortest way from a tarball to an update, with all detours marked.'],
  ['What our build system taught me', 'Three failures that looked alike and were not.'],
];

export function* blogStory({ people, chance, now }: World): Story {
  const [title, text] = chance.pick(posts);
  yield blogPost(chance.pick(people), title, text, now());
}

const pages = ['Join', 'Test Day: Audio', 'Changes/ImageViewer', 'Packaging tricks', 'Mentors'];

export function* wikiStory({ people, chance, number }: World): Story {
  const [first, second] = chance.some(people, 2);
  const page = chance.pick(pages);
  if (first) yield wikiEdit(first, page, 'bring up to date', number());
  if (second) yield wikiEdit(second, page, 'fix a link', number());
}

export function* joinStory({ teams, chance }: World): Story {
  const team = chance.pick(teams);
  const sponsor = chance.pick(team.sponsors);
  const others = team.members.filter((person) => person !== sponsor);
  yield memberSponsored(team.name, chance.pick(others), sponsor);
}

export function* composeStory({ chance, now }: World): Story {
  const day = now().toISOString().slice(0, 10).replaceAll('-', '');
  const id = `Fedora-Rawhide-${day}.n.${chance.whole(0, 9)}`;
  yield composeLog('start', id);
  yield composeStatus(id, 'STARTED');
  yield composeStatus(id, chance.next() < 0.8 ? 'FINISHED' : 'DOOMED');
  yield composeLog('complete', id);
}

const playbooks = ['groups/proxies.yml', 'groups/wiki.yml', 'groups/builders.yml', 'update_packages.yml'];

export function* playbookStory({ teams, chance }: World): Story {
  const team = teams.find((one) => one.name === 'infrastructure');
  if (!team) return;
  const person = chance.pick(team.members);
  const name = chance.pick(playbooks);
  yield playbook('start', person, name, '');
  yield playbook('complete', person, name, 'proxy01.meadow.example');
}
