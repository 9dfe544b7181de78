// The demo's outside world in one process: a bus that speaks, the forum it speaks of, and calendars. Nothing of Hubs is in it.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Publisher } from 'zeromq';
import { makeEnvelopes } from './envelope.ts';
import { serveForum } from './forum.ts';
import { makeSigner } from './sign.ts';
import { tellStories } from './tell-stories.ts';
import { openWorld } from './world.ts';

const number = (name: string, preset: number): number => {
  const value = Number(process.env[name] || preset);
  if (Number.isFinite(value) && value > 0) return value;
  console.error(`${name} is not a number above 0.`);
  process.exit(78);
};

/** Fresh pages fill quickly, then life goes its pace (milliseconds). */
const EAGER_MS = 60_000;
const pauses = { eager: [150, 350], usual: [300, 1_500] } as const;

const busPort = number('DEMO_BUS_PORT', 9940);
const forumPort = number('DEMO_FORUM_PORT', 9941);
/** Twice as fast is 2. */
const pace = number('DEMO_PACE', 1);
const seed = number('DEMO_SEED', randomInt(1, 2 ** 31));

// What it says is not precious: it ends at once.
process.once('SIGTERM', () => process.exit(0));
process.once('SIGINT', () => process.exit(0));

const world = openWorld({ seed, forumUrl: `http://127.0.0.1:${forumPort}` });
const signer = await makeSigner();
if (process.env.DEMO_CA_FILE) writeFileSync(process.env.DEMO_CA_FILE, signer.ca);
const publisher = new Publisher();
try {
  await serveForum(
    forumPort,
    world.forum,
    world.teams.map((team) => team.name),
  );
  await publisher.bind(`tcp://127.0.0.1:${busPort}`);
} catch (error) {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  console.error(
    `The demo can't listen on ports ${busPort} and ${forumPort} (${code}); free them or choose others.`,
  );
  process.exit(1);
}
console.log('demo: ready');

const toFrames = makeEnvelopes(signer, world.now);
const startedAt = Date.now();
for (const happening of tellStories(world)) {
  await publisher.send(toFrames(happening));
  const [least, most] = Date.now() - startedAt < EAGER_MS ? pauses.eager : pauses.usual;
  await sleep((least + Math.random() * (most - least)) / pace);
}
