// A package of a team: a new version on its way to the people, a bug and its fix, a trial build.
import type { Story } from '../happening.ts';
import {
  anityaVersion,
  type Bug,
  type Build,
  bodhiComment,
  bodhiUpdate,
  bugzillaBug,
  coprBuild,
  distGitPush,
  hotnessFiled,
  kojiBuild,
  kojiTag,
  koscheiState,
  type Update,
} from '../services/packages.ts';
import type { Team, World } from '../world.ts';

function makeBuild({ chance, number }: World, team: Team, name: string): Build {
  return {
    id: 2_000_000 + number(),
    task: 80_000_000 + number(),
    name,
    version: `${chance.whole(1, 9)}.${chance.whole(0, 30)}`,
    release: `${chance.whole(1, 4)}.fc44`,
    owner: chance.pick(team.members),
  };
}

/** Sources, build, update, people who try it, stable. */
export function* releaseStory(world: World, team: Team, name: string): Story {
  const { chance, now } = world;
  const build = makeBuild(world, team, name);
  yield distGitPush(name, build.owner, `Update to ${build.version}`, chance.hex(40), now());
  yield kojiBuild(build, 0, now());
  yield kojiBuild(build, 1, now());
  yield kojiTag(build, 'f44-updates-candidate', build.owner.username);
  const update: Update = {
    alias: `FEDORA-2026-${chance.hex(10)}`,
    build,
    by: build.owner,
    notes: `${name} ${build.version}: ${chance.pick(team.words.tasks)}.`,
    status: 'pending',
    request: 'testing',
    karma: 0,
    at: now(),
  };
  yield bodhiUpdate('request.testing', update, build.owner.username);
  Object.assign(update, { status: 'testing', request: null });
  yield bodhiUpdate('complete.testing', update, 'bodhi');
  for (const tester of chance.some(
    world.people.filter((person) => person !== build.owner),
    3,
  )) {
    update.karma++;
    yield bodhiComment(update, tester, 'Works as it should here.', 1, now());
  }
  yield bodhiUpdate('requirements_met.stable', update, 'bodhi');
  update.request = 'stable';
  yield bodhiUpdate('request.stable', update, build.owner.username);
  Object.assign(update, { status: 'stable', request: null });
  yield bodhiUpdate('complete.stable', update, 'bodhi');
}

/** A robot sees a new version upstream; somebody takes the bug and closes it. */
export function* versionStory(world: World, team: Team, name: string): Story {
  const { chance, now, number } = world;
  const [major, minor] = [chance.whole(1, 9), chance.whole(0, 30)];
  const seen = anityaVersion(name, `${major}.${minor}`, `${major}.${minor + 1}`, now());
  yield seen;
  const bug = fileBug(world, team, name, `${name}-${major}.${minor + 1} is available`, number());
  yield hotnessFiled(seen, bug);
  yield* careForBug(world, bug);
}

export function* bugStory(world: World, team: Team, name: string): Story {
  const { chance, now, number } = world;
  const bug = fileBug(world, team, name, chance.pick(team.words.tasks), number());
  yield bugzillaBug(bug, bug.by, now());
  yield* careForBug(world, bug);
}

const fileBug = (world: World, team: Team, component: string, summary: string, number: number): Bug => ({
  id: 2_300_000 + number,
  component,
  summary,
  by: world.chance.pick(world.people),
  assignee: world.chance.pick(team.members),
  status: 'NEW',
  at: world.now(),
});

function* careForBug({ people, chance, now }: World, bug: Bug): Story {
  const watcher = chance.pick(people);
  yield bugzillaBug(bug, watcher, now(), [{ field: 'cc', removed: '', added: watcher.email }]);
  bug.status = 'ASSIGNED';
  yield bugzillaBug(bug, bug.assignee, now(), [{ field: 'status', removed: 'NEW', added: 'ASSIGNED' }]);
  bug.status = 'CLOSED';
  yield bugzillaBug(bug, bug.assignee, now(), [
    { field: 'status', removed: 'ASSIGNED', added: 'CLOSED' },
    { field: 'resolution', removed: '', added: 'ERRATA' },
  ]);
}

/** A trial build fails, the next one succeeds, and the package is healthy again. */
export function* trialStory(world: World, team: Team, name: string): Story {
  const { chance, now, number } = world;
  const build = makeBuild(world, team, name);
  yield koscheiState(name, 'ok', 'failing', [team.name]);
  yield coprBuild(build, `${name}-trial`, false);
  yield coprBuild(build, `${name}-trial`, true, false);
  yield distGitPush(name, build.owner, chance.pick(team.words.tasks), chance.hex(40), now());
  const again = { ...build, id: 2_000_000 + number() };
  yield coprBuild(again, `${name}-trial`, false);
  yield coprBuild(again, `${name}-trial`, true);
  yield koscheiState(name, 'failing', 'ok', [team.name]);
}
