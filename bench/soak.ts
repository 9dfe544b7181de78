// npm run bench:soak: 10 messages a second, and every 10 s a process dies without a word. What was published against what
// somebody outside has read. The table goes into docs/benchmarks.md; the last line is JSON. `--minutes N` for another
// time, `--every N` for a kill each N seconds (0: none), `--amqp` for a RabbitMQ as the bus, `--without-archive` to see
// what is lost then, `--logs FOLDER` keeps what each process said.
import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from './measure.ts';
import { ACTIVE_PEOPLE, teamOf } from './pipeline/message.ts';
import type { Publish } from './pipeline/publisher.ts';
import { openStores, type Stores } from './pipeline/stage.ts';
import { addWidgets, findTeams, makeWorld } from './pipeline/world.ts';
import { compare } from './soak/compare.ts';
import { killInTurn, type Loss, processes } from './soak/kills.ts';
import { lookAtMemory, type MemoryUse, type Sample, sumUp } from './soak/memory.ts';
import type { Found, Told } from './soak/reader.ts';
import { readCounts, untilSettled } from './soak/settle.ts';
import { openPages, openSoakStage, type SoakStage } from './soak/stage.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    every: { type: 'string', default: '10' },
    amqp: { type: 'boolean', default: false },
    'without-archive': { type: 'boolean', default: false },
    logs: { type: 'string' },
  },
});
const SECONDS = 60 * Number(options.minutes);
const EVERY_S = Number(options.every);
/** Ten times Fedora's mean. */
const PER_SECOND = 10;
/** A feed keeps 100 entries: no team gets as many in half an hour. */
const TEAMS = Math.max(100, Math.ceil((SECONDS * PER_SECOND) / 80));
const HUBS_A_STREAM = 10;
/** A team, who wrote, who was asked. */
const FEEDS_A_MESSAGE = 3;
const LOOK_EVERY_MS = 2_000;
/** A process may hold that much more in the last third of the time than in the second. */
const FLAT = 1.2;

const isFlat = ({ middle, end }: MemoryUse): boolean => end <= FLAT * middle;
const say = (line: string) => console.log(line);
const what: Publish = { run: 'soak', count: SECONDS * PER_SECOND, perSecond: PER_SECOND, teams: TEAMS };

const stores = await openStores(say);
try {
  await makeWorld(stores.pool, ACTIVE_PEOPLE, TEAMS);
  await addWidgets(stores.pool, 0, TEAMS);
  const stage = await openSoakStage(stores, {
    bus: options.amqp ? 'amqp' : 'zeromq',
    hasArchive: !options['without-archive'],
  });
  try {
    const teams = await findTeams(stores.pool);
    await openPages(stage, teams, HUBS_A_STREAM);
    report(await soak(stores, stage, teams));
  } finally {
    await stage.stop();
    if (options.logs) keepLogs(options.logs);
  }
} finally {
  await stores.stop();
}

async function soak(from: Stores, stage: SoakStage, teams: number[]) {
  const { hubs, publisher, reader } = stage;
  const samples: Sample[] = [];
  const watch = setInterval(() => {
    const ours = processes.map((name) => [name, hubs.get(name).pid]);
    const theirs = { postgresql: from.postgres.pid, redis: from.redis.pid };
    samples.push(...lookAtMemory({ ...Object.fromEntries(ours), ...theirs }));
  }, LOOK_EVERY_MS);
  say(`${what.count} messages in ${SECONDS} s to ${TEAMS} teams …`);
  const kills = killInTurn(
    { stores: from, hubs },
    { count: EVERY_S > 0 ? Math.floor(SECONDS / EVERY_S) : 0, everyMs: EVERY_S * 1_000 },
    say,
  );
  const [sentAt, killed] = await Promise.all([publisher.ask<number[]>('publish', what), kills]);
  clearInterval(watch);
  const lastMs = sentAt.at(-1) ?? 0;
  await untilSettled(from, reader, lastMs);
  const settledMs = Date.now() - lastMs;
  const expected = sentAt.map((_at, number) => ({ hub: teams[teamOf(number, TEAMS)] ?? 0, number }));
  const seen = await reader.ask<(Found & { at: number })[]>('seen');
  const counted = await readCounts(from);
  return {
    published: sentAt.length,
    heard: compare(expected, seen),
    read: compare(expected, await reader.ask<Found[]>('readAll')),
    counted: { ...counted, entriesExpected: FEEDS_A_MESSAGE * sentAt.length },
    latencies: seen.map(({ number, at }) => at - (sentAt[number] ?? 0)),
    kills: killed,
    settledMs,
    told: await reader.ask<Told>('told'),
    memory: sumUp(samples),
  };
}

function keepLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const log of globSync(join(stores.folder, '*.log'))) copyFileSync(log, join(folder, basename(log)));
}

function report({ latencies, ...result }: Awaited<ReturnType<typeof soak>>): void {
  const { published, kills, heard, read, counted, memory } = result;
  const row = (...[name, ...cells]: (string | number)[]) =>
    say(`| ${String(name).padEnd(50)} | ${cells.map((cell) => String(cell).padStart(12)).join(' | ')} |`);
  const countLosses = (of: Loss) => kills.filter(({ loss }) => loss === of).length;
  const waits = [0.5, 0.99, 1].map((share) => Math.round(percentile(latencies, share)));
  const [p50 = 0, p99 = 0, most = 0] = waits;
  const faults = {
    'lost to who follows event streams': heard.lost.length,
    'lost to who reads the feeds at the end': read.lost.length,
    doubled: read.doubled.length,
    'in a feed that they are not for': heard.strange.length + read.strange.length,
    'counted more or less than the 3 feeds of each': counted.entries - counted.entriesExpected,
    'spans recorded as lost, items and jobs given up': counted.lostGaps + counted.dead,
  };
  row('', 'Hubs', 'goal');
  row('published', published, '');
  row('kills', kills.length, '');
  row('… of Redis, with its last second', countLosses('second'), '');
  row('… of Redis, with everything', countLosses('everything'), '');
  for (const [name, count] of Object.entries(faults)) row(name, count, 0);
  row('publish to read, p50 ms', p50, '');
  row('publish to read, p99 ms', p99, '');
  row('publish to read, the longest, ms', most, '');
  row('MiB', 'second third', 'last third', 'most');
  for (const [name, { middle, end, most: peak }] of Object.entries(memory))
    row(name, ...[middle, end, peak].map(Math.round));
  const reached = {
    clean: Object.values(faults).every((count) => count === 0),
    flat: Object.values(memory).every(isFlat),
  };
  if (!reached.clean) process.exitCode = 1;
  const load = { seconds: SECONDS, perSecond: PER_SECOND, teams: TEAMS };
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ bench: 'soak', load, reached, p50, p99, most, ...result, machine }));
}
