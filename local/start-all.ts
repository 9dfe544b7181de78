// From an empty folder to running pages: stores, schema, demo teams, pages, processes; a line for each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../prisma/migrate.ts';
import { buildWeb } from './build.ts';
import { writeEnvFile } from './env-file.ts';
import { demandFeeds } from './feeds.ts';
import type { UpOptions } from './options.ts';
import { makeProcessParts } from './parts.ts';
import { rememberPorts } from './ports.ts';
import { answers, createDatabaseOnce, preparePostgres } from './postgres.ts';
import { pongs, prepareRedis } from './redis.ts';
import { findRedis } from './redis-program.ts';
import { runTool } from './run-tool.ts';
import { makeEnvironment, makeSettings, portNames } from './settings.ts';
import type { Supervisor } from './supervisor.ts';

/** @throws {Problem} for the first part that can't be started; who called stops the others */
export async function startAll(
  root: string,
  { data, port, demo }: UpOptions,
  supervisor: Supervisor,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const isNew = !existsSync(join(data, 'postgresql'));
  const ports = await rememberPorts(join(data, 'ports.json'), portNames);
  const program = await findRedis(data, say);
  const feedsUrl = process.env.FEEDS_URL;
  if (feedsUrl?.startsWith('mongodb')) await demandFeeds(feedsUrl, isNew);
  const preparePg = () => preparePostgres({ dir: join(data, 'postgresql'), port: ports.postgresql });
  const { url: databaseUrl } = await preparePg();
  const redis = prepareRedis({ program, dir: join(data, 'redis'), port: ports.redis, durable: true });
  const ground = { root, data, port, ports, demo, databaseUrl, redisUrl: redis.url };
  const settings = makeSettings(ground, process.env);
  writeEnvFile(join(data, 'env'), settings);
  const env = makeEnvironment(data, settings, process.env);

  if (settings.FEEDS_URL) say('The feeds are in the MongoDB of FEEDS_URL.');
  const startedAt = performance.now();
  const tell = async (name: string, work: Promise<string>) => {
    const what = await work;
    const ms = Math.round(performance.now() - startedAt);
    say(`  ${name.padEnd(11)} ${what.padEnd(56)} ${String(ms).padStart(6)} ms`);
  };

  const startRedis = async () => {
    await supervisor.start({
      name: 'redis',
      isStore: true,
      command: () => redis.command,
      isReady: () => pongs(redis.url),
    });
    return `on 127.0.0.1:${ports.redis}`;
  };
  const startPostgres = async () => {
    await supervisor.start({
      name: 'postgresql',
      isStore: true,
      command: async () => (await preparePg()).command,
      isReady: () => answers(databaseUrl),
    });
    await createDatabaseOnce(databaseUrl);
    return `on 127.0.0.1:${ports.postgresql}`;
  };
  const migrateDatabase = async () => {
    const applied = await migrate(databaseUrl);
    return applied.length > 0 ? `applied ${applied.join(', ')}` : 'up to date';
  };
  const seedDemo = async () => {
    const args = ['cli/main.ts', 'db', 'seed'];
    const output = await runTool('Seeding the demo', process.execPath, args, { cwd: root, env, signal });
    // How far it was stands there, too, where it took long.
    const counts = output.split('\n').filter((line) => /^(People|Teams): /.test(line));
    return counts.join(' ');
  };
  const fillDatabase = async () => {
    await tell('postgresql', startPostgres());
    await tell('schema', migrateDatabase());
    if (demo) await tell('teams', seedDemo());
  };
  const build = async () => {
    const built = await buildWeb(root, env, say, signal);
    return built ? 'built' : 'as built before';
  };

  await Promise.all([tell('redis', startRedis()), fillDatabase(), tell('pages', build())]);
  const parts = makeProcessParts(ground, env);
  await Promise.all(
    parts.map((part) =>
      tell(
        part.name,
        supervisor.start(part).then(() => part.what),
      ),
    ),
  );
  say(`\nHubs runs at http://localhost:${port}\nCtrl-C stops it. Logs: ${join(data, 'logs')}`);
}
