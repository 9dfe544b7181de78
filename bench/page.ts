// npm run bench:page: what a team's hub with 10 widgets and 100 entries costs, against the smallest page of the same
// Next in the same run. The table goes into docs/benchmarks.md; the last line is JSON.
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openForum } from '../e2e/forum.ts';
import { openProcesses, root } from '../e2e/processes.ts';
import { buildWeb } from '../local/build.ts';
import { freePort } from '../local/ports.ts';
import { startPostgres } from '../local/postgres.ts';
import { startRedis } from '../local/redis.ts';
import { findRedis } from '../local/redis-program.ts';
import { runTool } from '../local/run-tool.ts';
import { makeEnvelope, openPublisher } from '../testing/publisher.ts';
import { until } from '../testing/until.ts';
import { percentile, requestsPerSecond, timeInTurn, weigh } from './measure.ts';
import { startSmallest } from './smallest.ts';

const TEAM = 'workstation';
const ENTRIES = 100;
const ROUNDS = 200;
const SECONDS = 10;

const people = ['oskar', 'eun-ji', 'jaxon', 'nadia', 'tomas', 'priya'];

const say = (line: string) => console.log(line);
const folder = mkdtempSync(join(tmpdir(), 'hubs-bench-'));
chmodSync(folder, 0o711); // PostgreSQL runs as nobody when root runs this.
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];

try {
  await buildWeb(root, { ...process.env, NODE_ENV: 'production' }, say);
  const smallest = await startSmallest(root);
  ends.push(smallest.stop);
  const hubs = await startHubs();
  const page = `${hubs.url}/t/${TEAM}`;

  await timeInTurn([smallest.url, page], ROUNDS); // warm
  const [small = [], full = []] = await timeInTurn([smallest.url, page], ROUNDS);
  const [smallWeight, weight] = [await weigh(smallest.url), await weigh(page)];
  const statements = await hubs.countStatements(page);
  const perSecond = {
    small: await requestsPerSecond(smallest.url, SECONDS),
    full: await requestsPerSecond(page, SECONDS),
  };

  const hanging = await hubs.restartWithHangingServices();
  await timeInTurn([page], 20); // the process is new: its code is read and compiled again
  const cold: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    hubs.emptyCache();
    cold.push(...((await timeInTurn([page], 1))[0] ?? []).map(({ first }) => first));
  }
  const warmAgain = percentile(
    full.map(({ first }) => first),
    0.5,
  );

  const p = (times: { last: number }[], share: number) =>
    percentile(
      times.map(({ last }) => last),
      share,
    );
  const result = {
    smallest: { p50: p(small, 0.5), p95: p(small, 0.95), perSecond: perSecond.small, ...smallWeight },
    hub: { p50: p(full, 0.5), p95: p(full, 0.95), perSecond: perSecond.full, ...weight, statements },
    ratioP50: p(full, 0.5) / p(small, 0.5),
    scriptsAbove: weight.scripts - smallWeight.scripts,
    firstByte: { warm: warmAgain, cold: percentile(cold, 0.5), ratio: percentile(cold, 0.5) / warmAgain },
    hangingConnections: hanging.connections(),
  };
  const row = (name: string, of: typeof result.smallest, sql: string) =>
    `| ${name} | ${of.p50.toFixed(1)} | ${of.p95.toFixed(1)} | ${of.perSecond.toFixed(0)} | ${(of.html / 1024).toFixed(1)} | ${(of.scripts / 1024).toFixed(1)} | ${sql} |`;
  say('| page | p50 ms | p95 ms | requests/s | HTML KB | scripts KB | SQL |');
  say('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  say(row('the smallest', result.smallest, '0'));
  say(row('a hub, 10 widgets, 100 entries', result.hub, String(statements.length)));
  say(
    `\np50: ${result.ratioP50.toFixed(1)} times the smallest; scripts: ${(result.scriptsAbove / 1024).toFixed(1)} KB more.`,
  );
  say(
    `First byte with an empty cache and every service hanging: ${result.firstByte.ratio.toFixed(2)} times the warm one.`,
  );
  for (const statement of statements) say(`  ${statement}`);
  console.log(JSON.stringify(result));
} finally {
  for (const end of ends.reverse()) await end();
}

/** A Hubs whose team is filled the way it is in life: over the bus, by every process. Then only the web stays. */
async function startHubs() {
  const postgresLog = join(folder, 'postgres.log');
  const postgres = await startPostgres({
    dir: join(folder, 'postgres'),
    port: await freePort(),
    log: postgresLog,
  });
  ends.push(postgres.stop);
  const redis = await startRedis({
    program: await findRedis(join(root, '.data'), say),
    ...{ dir: join(folder, 'redis'), port: await freePort(), durable: false },
  });
  ends.push(redis.stop);
  const database = new pg.Pool({ connectionString: postgres.url, max: 2 });
  ends.push(() => database.end());
  const forum = await openForum();
  ends.push(forum.close);
  for (let at = 1; at <= 30; at += 1) forum.addTopic(`What about the ${at}th thing?`);
  const bus = await openPublisher();
  ends.push(bus.close);

  const settings = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    CACHE_URL: `file:${join(folder, 'cache')}`,
    BUS_ENDPOINTS: bus.endpoint,
    DISCOURSE_URL: forum.url,
    ACCOUNTS_FILE: join(root, 'demo/accounts.yaml'),
    LOG_LEVEL: 'warn',
  };
  for (const command of ['migrate', 'seed'])
    await runTool(`hubs db ${command}`, process.execPath, ['cli/main.ts', 'db', command], {
      cwd: root,
      env: { ...process.env, ...settings },
    });
  // Its default widgets are nine; an edited layout stays as it is.
  await database.query(
    `WITH team AS (UPDATE hub SET layout_edited = true WHERE type = 'team' AND name = $1 RETURNING id)
     INSERT INTO widget (hub_id, kind, "column", place) SELECT id, 'stats', 'right', 101 FROM team`,
    [TEAM],
  );
  const hubs = await openProcesses(folder, settings);
  ends.push(hubs.stopAll);
  await Promise.all([hubs.startAll(), bus.hasSubscribers(1)]);
  for (let id = 1; id <= ENTRIES; id += 1) await bus.publish(issueOpened(id));
  const count = async (sql: string) => (await database.query(sql, [TEAM])).rows[0].n as number;
  const ofTeam = `FROM hub WHERE hub.type = 'team' AND hub.name = $1`;
  await until(
    async () =>
      (await count(`SELECT (SELECT count(*)::int FROM feed_entry WHERE hub_id = hub.id) n ${ofTeam}`)) ===
      ENTRIES,
    { deadlineMs: 60_000, everyMs: 200 },
  );
  const page = async () => (await fetch(`${hubs.url}/t/${TEAM}`)).text();
  await until(async () => (await page()).includes('What about the 30th thing?'), {
    deadlineMs: 30_000,
    everyMs: 200,
  });
  const widgets = await count(`SELECT (SELECT count(*)::int FROM widget WHERE hub_id = hub.id) n ${ofTeam}`);
  if (widgets !== 10) throw new Error(`The team has ${widgets} widgets, not 10.`);
  for (const name of ['sse', 'listener', 'triage', 'worker'] as const) await hubs.get(name).stop();

  return {
    url: hubs.url,
    /** The SQL of one view, as the server logged it, each statement's beginning. */
    async countStatements(url: string): Promise<string[]> {
      const log = (what: 'all' | 'none') => database.query(`ALTER SYSTEM SET log_statement = '${what}'`);
      const reload = () => database.query('SELECT pg_reload_conf()');
      await log('all');
      await reload();
      const logged = () => readFileSync(postgresLog, 'utf8');
      await until(
        async () => {
          await database.query('SELECT 1');
          return logged().includes('SELECT 1');
        },
        { deadlineMs: 5_000 },
      );
      const before = logged().length;
      await (await fetch(url)).text();
      const after = logged().slice(before);
      await log('none');
      await reload();
      return [...after.matchAll(/LOG: {2}(?:statement|execute [^:]+): ([\s\S]*?)(?=\n\d{4}-|$)/g)].map(
        ([, sql = '']) => sql.replace(/\s+/g, ' ').slice(0, 110),
      );
    },
    emptyCache: () => rmSync(join(folder, 'cache'), { recursive: true, force: true }),
    /** Everything outside takes connections and says nothing, from now on. */
    async restartWithHangingServices() {
      let connections = 0;
      await forum.close();
      const hanging = createServer(() => {
        connections += 1;
      });
      hanging.listen(Number(new URL(forum.url).port), '127.0.0.1');
      await once(hanging, 'listening');
      hanging.unref();
      await hubs.start('worker'); // it tries to load what is asked for
      return { connections: () => connections };
    },
  };
}

function issueOpened(id: number) {
  const name = people[id % people.length] ?? 'oskar';
  const user = { name, fullname: name };
  return makeEnvelope('io.pagure.prod.pagure.issue.new', {
    agent: name,
    project: { name: 'tracker', namespace: TEAM, fullname: `${TEAM}/tracker`, user },
    issue: { id, title: `The ${id}th thing`, content: 'Please have a look.', user, status: 'Open', tags: [] },
  });
}
