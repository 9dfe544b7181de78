// What the two test runners report, in one shape.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface Report {
  passed: number;
  failed: number;
  /** The full name of each, the reason in it. */
  skipped: string[];
  /** The full name of each that failed first and passed at its second try, which only CI gives; how it failed stands in it. */
  second: string[];
  /** What makes the run fail although no test failed, a sentence each. */
  wrong: string[];
}

interface VitestReport {
  testResults: {
    name: string;
    status: string;
    /** A test that passes keeps the messages of the try before. */
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: { status: string; results: { error?: { message?: string } }[] }[] }[];
}

/**
 * @param file the report of Vitest's json reporter
 * @param status its exit status
 */
export function readVitestReport(file: string, status: number): Report {
  const report: VitestReport | undefined = readReport(file);
  if (!report) return neverRan('vitest', status);
  const tests = report.testResults.flatMap((one) => one.assertionResults);
  // A file that can't be loaded has no tests to fail.
  const broken = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.every(isNoFailure),
  );
  return explainStatus('vitest', status, {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + broken.length,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
    second: tests
      .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
      .map((test) => sayTries(test.fullName, test.failureMessages)),
    wrong: [],
  });
}

const isNoFailure = (test: { status: string }) => test.status !== 'failed';

/**
 * @param file the report of Playwright's json reporter
 * @param status its exit status
 * @param notRun why its tests were only listed; they count as skipped then
 */
export function readPlaywrightReport(file: string, status: number, notRun?: string): Report {
  const report: { suites: PlaywrightSuite[] } | undefined = readReport(file);
  if (!report) return neverRan('playwright', status);
  const tests = report.suites.flatMap((suite) => listTests(suite, []));
  if (notRun) {
    return {
      passed: 0,
      failed: 0,
      skipped: tests.map(({ name }) => `${name} (skipped: ${notRun})`),
      second: [],
      wrong: [],
    };
  }
  const ofStatus = (wanted: string) =>
    tests.filter(({ status }) => status === wanted).map(({ name }) => name);
  const flaky = tests.filter((test) => test.status === 'flaky');
  return explainStatus('playwright', status, {
    passed: ofStatus('expected').length + flaky.length,
    failed: ofStatus('unexpected').length,
    skipped: ofStatus('skipped'),
    second: flaky.map(({ name, errors }) => sayTries(name, errors)),
    wrong: [],
  });
}

/** With where it failed: an error's first line, and the first place in a test. */
function sayTries(name: string, errors: string[]): string {
  const lines = stripVTControlCharacters(errors.join('\n')).split('\n');
  const place = lines.find((line) => /\.(test|spec|conformance)\.tsx?:\d+/.test(line)) ?? '';
  return `${name}: ${lines[0]} ${place.trim()}`.trim();
}

interface ListedTest {
  name: string;
  status: string;
  errors: string[];
}

function listTests(suite: PlaywrightSuite, above: string[]): ListedTest[] {
  const titles = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, results }) => ({
      name: [...titles, spec.title].join(' '),
      status,
      errors: results.flatMap(({ error }) => error?.message ?? []),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => listTests(inner, titles))];
}

/** @param everyTestMustRun whether a skip makes the run fail */
export function addReports(reports: Report[], everyTestMustRun: boolean): Report {
  const skipped = reports.flatMap((report) => report.skipped);
  const wrong = reports.flatMap((report) => report.wrong);
  if (everyTestMustRun && skipped.length > 0)
    wrong.push('With CI=true every test must run: the skips above fail this run.');
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.reduce((sum, report) => sum + report.failed, 0),
    skipped,
    second: reports.flatMap((report) => report.second),
    wrong,
  };
}

function explainStatus(runner: string, status: number, report: Report): Report {
  if (report.passed + report.failed + report.skipped.length === 0)
    report.wrong.push(`${runner} found no test.`);
  if (status !== 0 && report.failed === 0)
    report.wrong.push(
      `${runner} ended with ${status} though no test failed: an error outside of the tests stands above.`,
    );
  return report;
}

const neverRan = (runner: string, status: number): Report => ({
  passed: 0,
  failed: 0,
  skipped: [],
  second: [],
  wrong: [`${runner} ended with ${status} before it could report.`],
});

const readReport = <T>(file: string): T | undefined =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
