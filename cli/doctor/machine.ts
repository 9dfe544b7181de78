// The machine itself: space on disk, and its clock.
import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { folderOf } from '../../cache/open-cache.ts';
import { defineCheck, type Wrong } from './check.ts';

/** Enough for a day of logs and loaded values. */
const FREE_BYTES = 200_000_000;

/** The folder, or the nearest above it that is there. */
async function findExisting(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    return folder === '/' ? folder : findExisting(dirname(folder));
  }
}

/** @param isMade Hubs makes it, and those above it */
async function judgeFolder(
  what: string,
  folder: string,
  isMade: boolean,
): Promise<{ free: string } | { wrong: Wrong }> {
  try {
    const there = isMade ? await findExisting(folder) : folder;
    const { bavail, bsize, ffree, files } = await statfs(there);
    const freeBytes = bavail * bsize;
    if (freeBytes < FREE_BYTES || (files > 0 && ffree === 0))
      return {
        wrong: {
          what: `${what} (${folder}) has ${Math.floor(freeBytes / 1_000_000)} MB and ${ffree} files free.`,
          why: 'On a full disk nothing is cached, and a database beside it may stop.',
          remedy: `Make room for ${FREE_BYTES / 1_000_000} MB at least, or move it to another disk.`,
        },
      };
    await access(there, constants.W_OK);
    return { free: `${(freeBytes / 1e9).toFixed(1)} GB free in ${folder}` };
  } catch (error) {
    return {
      wrong: {
        what: `${what} (${folder}) can't be used (${(error as NodeJS.ErrnoException).code}).`,
        why: 'Nothing can be written there.',
        remedy: 'Make it, writable for the user of Hubs.',
      },
    };
  }
}

export const disk = defineCheck({
  name: 'disk',
  needs: [],
  async look({ settings: { CACHE_URL } }) {
    const judged = await Promise.all([
      judgeFolder('The folder for temporary files', tmpdir(), false),
      ...(CACHE_URL.startsWith('file:')
        ? [judgeFolder('The folder of the cache', resolve(folderOf(CACHE_URL)), true)]
        : []),
    ]);
    const wrong = judged.flatMap((one) => ('wrong' in one ? [one.wrong] : []));
    return wrong.length > 0 ? wrong : judged.flatMap((one) => ('free' in one ? [one.free] : [])).join(', ');
  },
});

/** Ages, sessions and signatures are told by clocks; nobody minds less. */
const CLOCK_MS = 2_000;

/** How far a clock is ahead of this machine's, in milliseconds; half of the way there and back is its uncertainty. */
async function compareClock(ask: () => Promise<number>): Promise<number> {
  const before = Date.now();
  const theirs = await ask();
  return theirs - (before + Date.now()) / 2;
}

export const clock = defineCheck({
  name: 'clock',
  needs: ['postgres', 'redis'],
  async look({ postgres, redis }) {
    const ahead = {
      PostgreSQL: await compareClock(async () => {
        const { rows } = await postgres.query<{ now: number }>(
          'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now',
        );
        return rows[0]?.now ?? Number.NaN;
      }),
      Redis: await compareClock(async () => {
        const [seconds, micros] = await redis.time();
        return Number(seconds) * 1_000 + Number(micros) / 1_000;
      }),
    };
    const wrong = Object.entries(ahead).flatMap(([name, ms]): Wrong[] =>
      Math.abs(ms) <= CLOCK_MS
        ? []
        : [
            {
              what: `The clock of ${name} is ${Math.abs(ms / 1_000).toFixed(1)} s ${ms > 0 ? 'ahead of' : 'behind'} this machine's.`,
              why: 'Ages are wrong, sessions and signatures end at the wrong time, jobs start late.',
              remedy: 'Have both machines keep time by NTP (chrony, systemd-timesyncd).',
            },
          ],
    );
    return wrong.length > 0 ? wrong : `within ${CLOCK_MS / 1_000} s of PostgreSQL and Redis`;
  },
});
