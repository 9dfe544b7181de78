// Measures the rules against the collection of real messages: `npm run corpus [FIELD]` (with a field: what differs).
import { existsSync, readFileSync } from 'node:fs';
import { fromAnyForm } from '../bus/archive.ts';
import { type Activity, joinParts } from './activity.ts';
import { describe } from './describe.ts';

export const corpusFolder = new URL('../../shared/corpus/', import.meta.url);
export const hasCorpus = existsSync(corpusFolder);

/** The accounts cache that the reference's tests assume. */
const accounts: Record<string, string> = {
  threebean: 'ralph',
  'rbean@redhat.com': 'ralph',
  'puiterwijk@gmail.com': 'puiterwijk',
  'nicolas.mailhot@laposte.net': 'nim',
};

export const fields = [
  'sentence',
  'link',
  'people',
  'packages',
  'picture',
  'agent',
  'objects',
  'icon',
  'body',
] as const;
export type Field = (typeof fields)[number];
type Wanted = Partial<Record<Field, unknown>>;

interface Case {
  name: string;
  service: string;
  message: unknown;
  wanted: Wanted;
}

interface Result extends Case {
  activity: Activity;
  /** Fields that differ, with what was said. */
  wrong: Wanted;
}

const readLines = (file: string): Record<string, unknown>[] =>
  readFileSync(new URL(file, corpusFolder), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const recordOf = (value: unknown) => (value ?? {}) as Record<string, unknown>;

const fedmsgNames: Record<Field, string> = {
  sentence: 'subti',
  link: 'link',
  people: 'usernames',
  packages: 'packages',
  picture: 'secondary_icon',
  agent: 'agent',
  objects: 'objects',
  icon: 'icon',
  body: 'long_form',
};

const schemaNames: Partial<Record<Field, string>> = {
  sentence: 'summary',
  link: 'url',
  people: 'usernames',
  packages: 'packages',
  picture: 'agent_avatar',
  agent: 'agent_name',
};

/** What upstream's tests assert, else what the reference says; what needs a fetch or a clock is excepted. */
function readFedmsgCases(): Case[] {
  return readLines('fedmsg.jsonl').map((line) => {
    const envelope = recordOf(line.msg);
    const asserted = recordOf(line.expected);
    const rendered = recordOf(recordOf(line.reference).rendered);
    const excepted = recordOf(line.network_expected);
    const isClocked = Array.isArray(line.flags) && line.flags.includes('clock');
    const wanted: Wanted = {};
    for (const field of fields) {
      const name = fedmsgNames[field];
      if (name in excepted || (isClocked && field === 'sentence')) continue;
      if (name in asserted) wanted[field] = asserted[name];
      // Without an agent of its own the reference picks anybody concerned, and the body is the sentence again.
      else if (field !== 'agent' && field !== 'body') wanted[field] = rendered[name];
    }
    return { name: String(line.name), service: serviceIn(String(envelope.topic)), message: envelope, wanted };
  });
}

function readSchemaCases(file: string): Case[] {
  return readLines(file).map((line) => {
    const expected = recordOf(line.expected);
    const wanted: Wanted = {};
    for (const field of fields) {
      const name = schemaNames[field];
      // Several classes forget to name their agent: where the reference names none, ours is not compared.
      if (name && !(field === 'agent' && !expected[name])) wanted[field] = expected[name];
    }
    return { name: String(line.name), service: String(line.package), message: line, wanted };
  });
}

const serviceIn = (topic: string) => topic.split('.').slice(3, 4).join('.');

export const readCases = (): Case[] => [
  ...readFedmsgCases(),
  ...readSchemaCases('fedora-messaging.jsonl'),
  ...readSchemaCases('fedora-messaging-more.jsonl'),
];

const isSame = (field: Field, wanted: unknown, said: unknown): boolean => {
  if (field === 'people' || field === 'packages' || field === 'objects') {
    const names = (value: unknown) =>
      JSON.stringify(
        [...new Set((Array.isArray(value) ? value : []).filter((one) => one !== null).map(String))].sort(),
      );
    return names(wanted) === names(said);
  }
  return (wanted || null) === (said || null);
};

export function measure(one: Case): Result {
  const activity = describe(fromAnyForm(one.message, 0), { personOf: (address) => accounts[address] });
  const sentence = joinParts(activity.parts);
  const said = { ...activity, sentence, body: activity.body ?? sentence };
  const wrong: Wanted = {};
  for (const field of fields) {
    if (field in one.wanted && !isSame(field, one.wanted[field], said[field])) wrong[field] = said[field];
  }
  return { ...one, activity, wrong };
}

/** The share of cases in which a field is as expected, among those that expect something of it. */
export function shareRight(results: Result[], field: Field): number {
  const compared = results.filter((one) => field in one.wanted);
  return compared.length === 0 ? 1 : compared.filter((one) => !(field in one.wrong)).length / compared.length;
}

function printTable(results: Result[]): void {
  const services = [...new Set(results.map((one) => one.service))].sort();
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(9);
  const row = (name: string, of: Result[]) => {
    const shares = fields.map((field) => percent(shareRight(of, field))).join('');
    const generic = of.filter((one) => one.activity.generic).length;
    return `${name.padEnd(42)}${String(of.length).padStart(5)}${shares}${String(generic).padStart(9)}`;
  };
  console.log(
    `${'service'.padEnd(42)}${'n'.padStart(5)}${fields.map((field) => field.padStart(9)).join('')}  generic`,
  );
  for (const service of services)
    console.log(
      row(
        service,
        results.filter((one) => one.service === service),
      ),
    );
  console.log(row('all', results));
}

function printWrong(results: Result[], field: Field): void {
  for (const one of results.filter((result) => field in result.wrong))
    console.log(
      `${one.service} ${one.name} ${one.activity.kind}\n  wanted ${JSON.stringify(one.wanted[field])}\n  said   ${JSON.stringify(one.wrong[field])}`,
    );
}

if (import.meta.main) {
  if (!hasCorpus) {
    console.error(`The collection is not there: ${corpusFolder.pathname}`);
    process.exit(1);
  }
  const results = readCases().map(measure);
  const field = fields.find((one) => one === process.argv[2]);
  if (field) printWrong(results, field);
  else printTable(results);
}
