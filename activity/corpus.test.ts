import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromAnyForm } from '../bus/archive.ts';
import { skipUnless } from '../testing/skips.ts';
import { joinParts } from './activity.ts';
import { corpusFolder, type Field, hasCorpus, measure, readCases, shareRight } from './corpus.ts';
import { describe } from './describe.ts';
import { findService } from './services/index.ts';

/** The value with one field less, for each of its fields, three levels deep. */
function without(value: unknown, depth = 3): unknown[] {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...without(inner, depth - 1).map((less) => ({ ...value, [key]: less }))];
  });
}

skipUnless('shared')('the collection of real messages', () => {
  const results = !hasCorpus ? [] : readCases().map(measure);

  test.each<[Field, number]>([
    ['sentence', 0.99],
    ['link', 0.99],
    ['people', 0.99],
    ['packages', 0.99],
    ['picture', 0.98],
    ['agent', 0.98],
    ['objects', 0.99],
    ['icon', 0.99],
    ['body', 0.99],
  ])('has the reference’s %s in at least %f of the messages', (field, floor) => {
    expect(shareRight(results, field)).toBeGreaterThanOrEqual(floor);
  });

  test('leaves no message to the generic sentence', () => {
    expect(results.filter((one) => one.activity.generic).map((one) => one.name)).toEqual([]);
  });

  test('has rules for every service of the reference', () => {
    const processors = JSON.parse(readFileSync(new URL('processors.json', corpusFolder), 'utf8')) as {
      name: string;
    }[];
    const names = processors.map((one) => one.name.toLowerCase().split('.')[0] ?? '');
    expect(names.filter((name) => name !== 'unhandled' && !findService(name, ''))).toEqual([]);
  });

  test('renders messages without an expectation to something sensible', () => {
    const lines = readFileSync(new URL('fedora-messaging-raw.jsonl', corpusFolder), 'utf8')
      .trim()
      .split('\n');
    for (const line of lines) {
      const activity = describe(fromAnyForm(JSON.parse(line)));
      expect([activity.generic, joinParts(activity.parts)]).toEqual([
        false,
        expect.stringMatching(/\w+ \w+/),
      ]);
      expect(joinParts(activity.parts)).not.toMatch(/undefined|None|null/);
    }
  });

  test('leaves no trace of a field that a message lacks', () => {
    for (const { message } of results) {
      const whole = message as Record<string, unknown>;
      const place = 'msg' in whole ? 'msg' : 'body';
      for (const body of without(whole[place])) {
        const activity = describe(fromAnyForm({ ...whole, [place]: body }, 0));
        const { link, objects, touches, packages, people } = activity;
        const said = JSON.stringify([
          joinParts(activity.parts),
          link,
          objects,
          touches,
          packages,
          people,
          activity.body,
        ]);
        expect(said).not.toMatch(/undefined|\[object|NaN/);
      }
    }
  });

  test('stands in no rule: no sentence, id or person of it', () => {
    const folder = new URL('services/', import.meta.url);
    const rules = readdirSync(folder)
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n');
    const words = new Set(results.flatMap(({ activity }) => [...activity.people, activity.agent ?? '']));
    // Accounts of machines and words that are both a person's name and English.
    const common = [
      'bodhi',
      'koschei',
      'taskotron',
      'anitya',
      'anonymous',
      'root',
      'zodbot',
      'dummy',
      'me',
      'orphan',
      'testing',
      'None',
    ];
    const people = [...words].filter((name) => name.length > 3 && !common.includes(name));
    expect(
      people.filter((name) => new RegExp(`['"\`]${name.replace(/\W/g, '\\$&')}['"\`]`).test(rules)),
    ).toEqual([]);
    const ids = results.flatMap(
      ({ message }) => JSON.stringify(message).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [],
    );
    expect(ids.filter((id) => rules.includes(id))).toEqual([]);
    const sentences = results
      .map(({ activity }) => joinParts(activity.parts))
      .filter((one) => /\d/.test(one));
    expect(sentences.filter((sentence) => rules.includes(sentence))).toEqual([]);
  });
});
