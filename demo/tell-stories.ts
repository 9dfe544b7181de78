import type { Chance } from './chance.ts';
import type { Happening, Story } from './happening.ts';
import { bugStory, releaseStory, trialStory, versionStory } from './stories/packages.ts';
import {
  badgeStory,
  blogStory,
  composeStory,
  joinStory,
  playbookStory,
  wikiStory,
} from './stories/people.ts';
import { changeStory, ticketStory } from './stories/projects.ts';
import { fillForum, forumStory, listStory, meetingStory } from './stories/talk.ts';
import type { Team, World } from './world.ts';

/**
 * All that happens, without an end: in each round every team's story goes on by one step, in another order each time,
 * and after every third step something happens to people or to the whole project.
 */
export function* tellStories(world: World): Generator<Happening, never, void> {
  const { chance } = world;
  for (const team of world.teams) fillForum(world, team);
  const lives = world.teams.map((team) => tellInTurn(chance, storiesOf(world, team)));
  const rest = tellInTurn(chance, [
    () => badgeStory(world),
    () => blogStory(world),
    () => wikiStory(world),
    () => joinStory(world),
    () => meetingStory(world, chance.pick(world.teams)),
    () => composeStory(world),
    () => playbookStory(world),
  ]);
  for (;;) {
    for (const [at, life] of chance.some(lives, lives.length).entries()) {
      yield life.next().value;
      if (at % 3 === 2) yield rest.next().value;
    }
  }
}

/** What a team of these projects and packages can live through; nearly all of it shows in the team's feed. */
function storiesOf(world: World, team: Team): (() => Story)[] {
  const { chance } = world;
  return [
    () => forumStory(world, team),
    () => forumStory(world, team),
    () => listStory(world, team),
    ...team.projects.flatMap((project) => [
      () => ticketStory(world, team, project),
      () => changeStory(world, team, project),
    ]),
    ...(team.packages.length === 0
      ? []
      : [releaseStory, versionStory, bugStory, trialStory].map(
          (story) => () => story(world, team, chance.pick(team.packages)),
        )),
  ];
}

/** Two stories at a time, step by step; each kind is told once before one is told again. */
function* tellInTurn(chance: Chance, kinds: (() => Story)[]): Generator<Happening, never, void> {
  let deck: (() => Story)[] = [];
  const running: Story[] = [];
  for (;;) {
    while (running.length < 2) {
      if (deck.length === 0) deck = chance.some(kinds, kinds.length);
      const begin = deck.pop();
      if (begin) running.push(begin());
    }
    const story = chance.pick(running);
    const step = story.next();
    if (step.done) running.splice(running.indexOf(story), 1);
    else yield step.value;
  }
}
