// bin/test: everything that runs, and one line at the end. Node's own modules only, until the packages are there.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build.ts';
import { buildKerberos } from './kerberos.ts';
import { buildMongodb } from './mongodb-program.ts';
import { prepareTree } from './prepare.ts';
import { explain } from './problem.ts';
import { addReports, type Report, readPlaywrightReport, readVitestReport } from './reports.ts';
import { runInTerminal } from './run-tool.ts';
import { installSystemPackages } from './system-packages.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string) => console.log(line);
const folder = mkdtempSync(join(tmpdir(), 'hubs-reports-'));

try {
  // First, for npm builds a package of them.
  const missing = await installSystemPackages(say);
  await prepareTree(root, say);
  await buildKerberos(root, say);
  await buildMongodb(say);
  const unit = await runUnitTests();
  const browser = existsSync(join(root, 'playwright.config.ts')) ? await runBrowserTests(missing) : [];
  finish([unit, ...browser]);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function runUnitTests(): Promise<Report> {
  const file = join(folder, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = await runInTerminal(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), ...args],
    root,
  );
  return readVitestReport(file, status);
}

/** Without a browser its tests are not run but counted: as skipped, each by its name. */
async function runBrowserTests(missing: string | undefined): Promise<Report[]> {
  const file = join(folder, 'browser.json');
  const playwright = join(root, 'node_modules/@playwright/test/cli.js');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  if (missing) {
    await runInTerminal(process.execPath, [playwright, 'test', '--list', '--reporter=json'], root, env);
    return [readPlaywrightReport(file, 0, missing)];
  }
  const production = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await buildWeb(root, production, say);
  const status = await runInTerminal(
    process.execPath,
    [playwright, 'test', '--reporter=list,json'],
    root,
    env,
  );
  return [readPlaywrightReport(file, status)];
}

function finish(reports: Report[]): void {
  const { passed, failed, skipped, second, wrong } = addReports(reports, process.env.CI === 'true');
  for (const name of skipped) say(`Skipped: ${name}`);
  for (const name of second) say(`Passed only at the second try: ${name}`);
  for (const sentence of wrong) say(sentence);
  process.exitCode = failed > 0 || wrong.length > 0 ? 1 : 0;
  say(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
}
