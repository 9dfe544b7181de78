// npm run bench:pipeline: from the bus to the browser, with real processes and stores. The table goes into
// docs/benchmarks.md; the last line is JSON. `--profile <folder>` keeps what each process did and what SQL took.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { percentile } from './measure.ts';
import { TEAMS, WIDGETS_EACH } from './pipeline/message.ts';
import { openPages, run, type RunResult } from './pipeline/run.ts';
import { openStage, openStores } from './pipeline/stage.ts';
import { addWidgets, findTeams, makeWorld } from './pipeline/world.ts';

const { values: options } = parseArgs({
  options: {
    profile: { type: 'string' },
    /** Messages of the run at full speed; the others are shorter. */
    messages: { type: 'string', default: '30000' },
  },
});
const MESSAGES = Number(options.messages);
/** As fast as the listener takes them: what is more than the rest can do waits in Redis. */
const FULL_SPEED = 3_000;
const SMALL_TEAMS = 20;

const say = (line: string) => console.log(line);
const stores = await openStores(
  say,
  options.profile ? ['shared_preload_libraries=pg_stat_statements', 'track_io_timing=on'] : [],
);
try {
  say('making 10,000 people, 2,000 teams and their full feeds …');
  await makeWorld(stores.pool);
  await addWidgets(stores.pool, 0, SMALL_TEAMS);
  const teams = await findTeams(stores.pool);
  const stage = await openStage(
    stores,
    options.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile}` } : {},
  );
  try {
    await openPages(stage, teams);
    const start = (name: string, count: number, perSecond: number, of = TEAMS) =>
      run(stores, stage, teams, { run: name, count, perSecond, teams: of });
    await start('warm', MESSAGES / 10, FULL_SPEED, SMALL_TEAMS);
    if (options.profile) {
      await addWidgets(stores.pool, SMALL_TEAMS, TEAMS);
      await stores.pool.query('CREATE EXTENSION pg_stat_statements; SELECT pg_stat_statements_reset()');
      const full = await start('full', MESSAGES, FULL_SPEED);
      await saySql(MESSAGES);
      report({ full, small: full, large: full, calm: full });
    } else {
    const small = await start('small', MESSAGES / 3, FULL_SPEED, SMALL_TEAMS);
    await addWidgets(stores.pool, SMALL_TEAMS, TEAMS);
    const large = await start('large', MESSAGES / 3, FULL_SPEED, SMALL_TEAMS);
    const full = await start('full', MESSAGES, FULL_SPEED);
    const calm = await start('calm', MESSAGES / 10, 100);
    report({ small, large, full, calm });
    }
  } finally {
    await stage.stop();
  }
} finally {
  await stores.stop();
}

async function saySql(messages: number): Promise<void> {
  const { rows } = await stores.pool.query(
    `SELECT calls, total_exec_time AS ms, query FROM pg_stat_statements ORDER BY 2 DESC LIMIT 25`,
  );
  for (const { calls, ms, query } of rows)
    say(`${(calls / messages).toFixed(3).padStart(8)} a message, ${(ms / messages).toFixed(3)} ms: ${query.replace(/\s+/g, ' ').slice(0, 150)}`);
}

function report(results: Record<'small' | 'large' | 'full' | 'calm', RunResult>): void {
  const sum = (times: Record<string, number>) => Object.values(times).reduce((all, one) => all + one, 0);
  for (const [name, one] of Object.entries(results))
    say(
      `${name}: ${one.perSecond.toFixed(0)}/s, ${one.entriesEach} entries each, ${sum(one.hubs).toFixed(2)} ms CPU (${Object.entries(one.hubs).map(([n, ms]) => `${n} ${ms.toFixed(2)}`).join(', ')}), outside ${sum(one.outside).toFixed(2)}; notices ${JSON.stringify(one.notices)}, loads ${one.loads}; latency p50 ${percentile(one.latencies, 0.5).toFixed(0)} p99 ${percentile(one.latencies, 0.99).toFixed(0)}, unheard ${one.unheard}`,
    );
  console.log(JSON.stringify({ bench: 'pipeline', widgets: TEAMS * WIDGETS_EACH, cpu: cpus()[0]?.model }));
}
