// What an operator watches with: metrics, rules, dashboard, log. Whatever those name is on a /metrics that runs.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { openStream } from '../testing/event-stream.ts';
import { skipWithout } from '../testing/skips.ts';
import { until } from '../testing/until.ts';
import { topicPosted } from './messages.ts';
import { type Processes, root } from './processes.ts';
import { readScrape, type Scrape, writeTable } from './scrape.ts';
import { expect, test } from './stack.ts';

const monitoring = join(root, 'deploy/monitoring');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** @throws with what it says is wrong */
const promtool = (...args: string[]) => promisify(execFile)('promtool', args, { cwd: monitoring });

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
interface Cases {
  tests: { name: string; promql_expr_test: { exp_samples: { labels: string }[] }[] }[];
}
const { groups } = parse(read('deploy/monitoring/alerts.yml')) as Rules;
const alerts = groups.flatMap(({ rules }) => rules);

interface Panel {
  targets?: { expr: string }[];
}
const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] };
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

test('every alert fires in a test, and is silent in one', async () => {
  test.skip(...skipWithout('promtool'));
  await promtool('check', 'config', 'prometheus.yml');
  await promtool('test', 'rules', 'alerts.test.yml');
  const { tests } = parse(read('deploy/monitoring/alerts.test.yml')) as Cases;
  for (const { alert } of alerts) {
    const own = tests.filter(({ name }) => name.startsWith(`${alert},`));
    const expected = own.flatMap(({ promql_expr_test }) => promql_expr_test.map((one) => one.exp_samples));
    const fires = expected.some((samples) => samples[0]?.labels.includes(`alertname="${alert}"`));
    expect(fires, `${alert} fires`).toBe(true);
    expect(
      expected.some((samples) => samples.length === 0),
      `${alert} is silent`,
    ).toBe(true);
  }
});

test('every alert says what it means, what to do, and where more is said', () => {
  const headings = [...read('docs/operations.md').matchAll(/^###? (.+)$/gm)].map(([, words = '']) =>
    words.toLowerCase().replaceAll(' ', '-'),
  );
  for (const { alert, annotations } of alerts) {
    for (const name of ['summary', 'meaning', 'action'])
      expect(annotations[name], `${alert} ${name}`).toBeTruthy();
    const [file, heading] = annotations.runbook?.split('#') ?? [];
    expect(file).toBe('docs/operations.md');
    expect(headings, alert).toContain(heading);
  }
});

test('the queries of the dashboard are ones that Prometheus can read', async ({ folder }) => {
  test.skip(...skipWithout('promtool'));
  expect(queries.length).toBeGreaterThan(20);
  const rules = queries.map((expr, at) => ({
    record: `panel:${at}`,
    expr: expr.replaceAll('$__rate_interval', '1m'),
  }));
  const file = join(folder, 'dashboard.yml');
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
  await promtool('check', 'rules', file);
});

test.describe('all processes at level debug', () => {
  test.use({ settings: { LOG_LEVEL: 'debug' } });

  test('what is documented, asked for and drawn is there before it happened; a message can be followed by its id', async ({
    hubs,
    bus,
    database,
    forum,
  }) => {
    const scrapes = await scrapeAll(hubs);
    const table = read('docs/metrics.md')
      .split('\n')
      .filter((line) => line.startsWith('| `hubs_'));
    expect(table).toEqual(writeTable(scrapes));
    for (const { metrics, samples } of scrapes.values())
      for (const { name } of metrics.filter((metric) => metric.name.startsWith('hubs_')))
        expect(
          samples.some((sample) => sample.name.startsWith(name)),
          `${name} has a value`,
        ).toBe(true);
    const series = [...scrapes.values()].flatMap(({ samples }) => samples);
    for (const query of [...alerts.map(({ expr }) => expr), ...queries])
      for (const selector of readSelectors(query))
        expect(series.filter(selector.isMet).length, `${selector.text} in ${query}`).toBeGreaterThan(0);

    expect((await fetch(`${hubs.url}/t/nobody`)).status).toBe(404);
    const ofWeb = async () => (await fetch(`${hubs.healthUrl('web')}/metrics`)).text();
    await until(async () => (await ofWeb()).includes('hubs_web_responses_total{status="4xx"} 1\n'));

    const { rows } = await database.query(`SELECT id FROM hub WHERE type = 'team' AND name = 'garden'`);
    const stream = await openStream(`${hubs.sseUrl}/sse?hub=${rows[0].id}`);
    await until(() => stream.text().includes(': hello'));
    forum.addTopic('Who has a spare spade?');
    const message = topicPosted('garden', 'Who has a spare spade?');
    const id = message.msg_id.replace('2026-', '');
    await bus.publish(message);
    const told = () => linesOf(hubs, 'sse', id).flatMap(({ notice }) => notice?.what ?? []);
    await until(() => ['entry', 'value'].every((what) => told().includes(what)), { deadlineMs: 30_000 });
    expect(stream.text()).not.toContain(id);
    stream.destroy();
    expect(linesOf(hubs, 'listener', id)).toMatchObject([{ outcome: 'queued' }]);
    expect(linesOf(hubs, 'triage', id)).toMatchObject([{ msg: 'looked at', stale: 1 }]);
    const worker = Map.groupBy(linesOf(hubs, 'worker', id), ({ msg }) => msg);
    expect(worker.get('written')).toMatchObject([{ hubs: expect.arrayContaining([rows[0].id]) }]);
    expect(worker.get('asked a service')).toMatchObject([{ outcome: 'loaded' }]);
    const levels = (['listener', 'triage', 'worker', 'sse'] as const).flatMap((name) =>
      linesOf(hubs, name, id).map(({ level }) => level),
    );
    expect(Math.max(...levels), 'the level of a line about one message: 20 is debug').toBe(20);
  });
});

async function scrapeAll(hubs: Processes): Promise<Map<string, Scrape>> {
  const names = ['web', 'listener', 'triage', 'worker', 'sse'] as const;
  const texts = names.map(async (name) => {
    const text = await (await fetch(`${hubs.healthUrl(name)}/metrics`)).text();
    return [name, readScrape(text)] as const;
  });
  return new Map(await Promise.all(texts));
}

interface LogLine {
  level: number;
  msg: string;
  notice?: { what: string };
}

/** What a process said of the message. */
const linesOf = (hubs: Processes, name: Parameters<Processes['get']>[0], id: string): LogLine[] =>
  hubs
    .get(name)
    .output()
    .split('\n')
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line));

/** Labels that Prometheus adds when it scrapes. */
const scraped = ['job', 'instance', 'process'];

/** The series that a query asks for. */
function readSelectors(query: string) {
  const found = query.matchAll(/\b((?:hubs|process|nodejs)_[a-z0-9_]+)(?:\{([^}]*)\})?/g);
  return [...found].map(([text, name, matchers = '']) => {
    const wanted = [...matchers.matchAll(/(\w+)(=|!=|=~)"([^"]*)"/g)].filter(
      ([, label = '']) => !scraped.includes(label),
    );
    const isMet = (sample: Scrape['samples'][number]) =>
      sample.name === name &&
      wanted.every(([, label = '', operator, value = '']) => {
        const own = sample.labels[label] ?? '';
        if (operator === '=~') return value.split('|').includes(own);
        return (own === value) === (operator === '=');
      });
    return { text, isMet };
  });
}
