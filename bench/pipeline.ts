// npm run bench:pipeline: from the bus to the browser, with real processes and stores. The table goes into
// docs/benchmarks.md; the last line is JSON. `--profile FOLDER` runs at full speed alone, keeps there what each process
// did, and says what its SQL took.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { percentile } from './measure.ts';
import { PEOPLE, TEAMS, WIDGETS_EACH } from './pipeline/message.ts';
import { measureLeast, openPages, type RunResult, run } from './pipeline/run.ts';
import { openStage, openStores, type Stage, type Stores } from './pipeline/stage.ts';
import { addWidgets, fillFeeds, findTeams, makeWorld } from './pipeline/world.ts';

const { values: options } = parseArgs({
  options: { profile: { type: 'string' }, messages: { type: 'string', default: '30000' } },
});
/** Of the run at full speed; the others have a third of it, that at 100 a second a tenth. */
const MESSAGES = Number(options.messages);
/** More than all of Hubs can do: what the others have not done yet waits in Redis, and the processors never rest. */
const FULL_SPEED = 3_000;
const CALM = 100;
/** The first 20 teams have 1,000 widgets. */
const FEW_TEAMS = 20;

/** As PostgreSQL's own guide advises for a machine of its size; bin/up is more frugal than that. */
const ROOMY = ['shared_buffers=1GB', 'max_wal_size=1GB'];

const say = (line: string) => console.log(line);
const sum = (times: Record<string, number>) => Object.values(times).reduce((all, one) => all + one, 0);

const watched = options.profile ? ['shared_preload_libraries=pg_stat_statements'] : [];
const stores = await openStores(say, [...ROOMY, ...watched]);
try {
  say(`making ${PEOPLE} people, ${TEAMS} teams and their full feeds …`);
  await makeWorld(stores.pool);
  await fillFeeds(stores.pool);
  if (options.profile) await profile(stores, options.profile);
  else await measure(stores);
} finally {
  await stores.stop();
}

async function withStage(env: Record<string, string>, use: (stage: Stage, teams: number[]) => Promise<void>) {
  const teams = await findTeams(stores.pool);
  const stage = await openStage(stores, env);
  try {
    await openPages(stage, teams);
    // Code is compiled, and each feed is counted once.
    const warm = { run: 'warm', count: Math.min(MESSAGES, 2 * TEAMS), perSecond: FULL_SPEED, teams: TEAMS };
    await run(stores, stage, teams, warm);
    await use(stage, teams);
  } finally {
    await stage.stop();
  }
}

async function measure({ pool }: Stores): Promise<void> {
  const least = await measureLeast(stores, MESSAGES, 10 * FULL_SPEED);
  await addWidgets(pool, 0, FEW_TEAMS);
  await withStage({}, async (stage, teams) => {
    const start = (name: string, count: number, perSecond: number, of: number) =>
      run(stores, stage, teams, { run: name, count, perSecond, teams: of });
    const few = await start('few', MESSAGES / 3, FULL_SPEED, FEW_TEAMS);
    await addWidgets(pool, FEW_TEAMS, TEAMS);
    const many = await start('many', MESSAGES / 3, FULL_SPEED, FEW_TEAMS);
    const full = await start('full', MESSAGES, FULL_SPEED, TEAMS);
    const calm = await start('calm', MESSAGES / 10, CALM, TEAMS);
    report({ least, few, many, full, calm });
  });
}

async function profile({ pool }: Stores, folder: string): Promise<void> {
  await addWidgets(pool, 0, TEAMS);
  await withStage({ NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` }, async (stage, teams) => {
    await pool.query('CREATE EXTENSION pg_stat_statements; SELECT pg_stat_statements_reset()');
    const full = await run(stores, stage, teams, {
      ...{ run: 'full', count: MESSAGES, perSecond: FULL_SPEED, teams: TEAMS },
    });
    const { rows } = await pool.query<{ each: number; ms: number; sql: string }>(
      `SELECT calls::float8 / $1 AS each, total_exec_time / $1 AS ms, regexp_replace(query, '\\s+', ' ', 'g') AS sql
       FROM pg_stat_statements ORDER BY 2 DESC LIMIT 25`,
      [MESSAGES],
    );
    say('  a message ms');
    for (const { each, ms, sql } of rows)
      say(`${each.toFixed(3).padStart(11)} ${ms.toFixed(3)} ${sql.slice(0, 140)}`);
    sayRun('full', full);
  });
}

function sayRun(name: string, result: RunResult): void {
  const times = Object.entries({ ...result.hubs, ...result.outside });
  say(
    `${name}: ${result.perSecond.toFixed(0)}/s; ms of processor time a message ${sum(result.hubs).toFixed(2)}: ${times.map(([who, ms]) => `${who} ${ms.toFixed(2)}`).join(', ')}; ` +
      `${result.entriesEach} entries each; ${result.notices.entry} notices of entries, ${result.notices.value} of values, ${result.loads} loads; ${result.unheard} messages unheard`,
  );
}

type Results = Record<'few' | 'many' | 'full' | 'calm', RunResult> & {
  least: Awaited<ReturnType<typeof measureLeast>>;
};

function report({ least, ...runs }: Results): void {
  const { few, many, full, calm } = runs;
  for (const [name, result] of Object.entries(runs)) sayRun(name, result);
  const growth = sum(many.hubs) / sum(few.hubs);
  const [p50, p99] = [percentile(calm.latencies, 0.5), percentile(calm.latencies, 0.99)];
  const row = (what: string, hubs: string, baseline: string, goal: string) =>
    say(`| ${what.padEnd(58)} | ${hubs.padStart(6)} | ${baseline.padStart(8)} | ${goal.padStart(7)} |`);
  row('', 'Hubs', 'baseline', 'goal');
  say(`| ${'-'.repeat(58)} | ${'-'.repeat(5)}: | ${'-'.repeat(7)}: | ${'-'.repeat(6)}: |`);
  row('messages a second', full.perSecond.toFixed(0), least.perSecond.toFixed(0), '≥ 1,000');
  row('ms of processor time a message', sum(full.hubs).toFixed(2), sum(least.times).toFixed(2), '');
  for (const [who, ms] of Object.entries(full.hubs))
    row(`… ${who}`, ms.toFixed(2), least.times[who]?.toFixed(2) ?? '', '');
  row('publish to notice at 100 a second, p50 ms', p50.toFixed(0), '', '≤ 50');
  row('publish to notice at 100 a second, p99 ms', p99.toFixed(0), '', '≤ 500');
  row('cost of a message, 100,000 widgets against 1,000', growth.toFixed(2), '', '≤ 1.3');
  const short = Object.fromEntries(
    Object.entries(runs).map(([name, { latencies: _, ...result }]) => [name, result]),
  );
  const world = { people: PEOPLE, teams: TEAMS, widgets: TEAMS * WIDGETS_EACH };
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const reached = { speed: full.perSecond >= 1_000, p50: p50 <= 50, p99: p99 <= 500, growth: growth <= 1.3 };
  console.log(
    JSON.stringify({ bench: 'pipeline', world, reached, p50, p99, growth, least, ...short, machine }),
  );
}
