import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyKind, defineWidget } from './kind.ts';
import { listKinds } from './registry.ts';
import { describeSettings, parseSettings } from './settings-form.ts';

const settings = z.object({
  n: z.number().int().min(1).max(9).default(4).meta({ label: 'How many', hint: 'Lines' }),
  look: z
    .enum(['plain', 'loud'])
    .default('plain')
    .meta({ label: 'Look', options: { loud: 'Very loud' } }),
  text: z.string().max(10).default('').meta({ label: 'Text', input: 'markdown' }),
  open: z.boolean().default(true).meta({ label: 'Open' }),
  link: z
    .string()
    .refine((text) => text.startsWith('https://'), 'Give an address.')
    .default('https://example.org')
    .meta({ label: 'Link', input: 'url' }),
});
const kind: AnyKind = defineWidget<z.output<typeof settings>>({
  kind: 'test',
  label: 'Test',
  description: '',
  hubTypes: ['team'],
  column: 'left',
  settings,
  reloadOn: [],
  view: () => Promise.reject(new Error('has no view')),
});

test('a schema describes its form: label, hint, input, options, default and limits', () => {
  const none = { hint: null, options: [], min: null, max: null, maxLength: null };
  expect(describeSettings(kind)).toEqual([
    { ...none, name: 'n', label: 'How many', hint: 'Lines', input: 'number', default: 4, min: 1, max: 9 },
    {
      ...none,
      name: 'look',
      label: 'Look',
      input: 'choice',
      default: 'plain',
      options: [
        ['plain', 'Plain'],
        ['loud', 'Very loud'],
      ],
    },
    { ...none, name: 'text', label: 'Text', input: 'markdown', default: '', maxLength: 10 },
    { ...none, name: 'open', label: 'Open', input: 'tick', default: true },
    { ...none, name: 'link', label: 'Link', input: 'url', default: 'https://example.org' },
  ]);
});

test('texts become values; what is empty has its default, a tick that is missing is off', () => {
  expect(parseSettings(kind, { n: ' 7 ', look: 'loud', text: '', open: 'on' })).toEqual({
    values: { n: 7, look: 'loud', text: '', open: true, link: 'https://example.org' },
  });
  expect(parseSettings(kind, {})).toEqual({
    values: { n: 4, look: 'plain', text: '', open: false, link: 'https://example.org' },
  });
});

test('every wrong field has its sentence, and an unknown one is refused', () => {
  expect(
    parseSettings(kind, {
      n: '10',
      look: 'x',
      text: 'x'.repeat(11),
      open: 'perhaps',
      link: 'ftp://x',
      extra: '',
    }),
  ).toEqual({
    errors: {
      '': 'Test has no setting “extra”.',
      n: 'Give a whole number from 1 to 9.',
      look: 'Choose one of: Plain, Very loud.',
      text: 'Shorten this to 10 characters.',
      open: 'Tick it or leave it.',
      link: 'Give an address.',
    },
  });
  expect(parseSettings(kind, { n: '0x5' })).toEqual({ errors: { n: 'Give a whole number from 1 to 9.' } });
  expect(parseSettings(kind, { text: ['a', 'b'] })).toHaveProperty('errors.text');
});

test('whatever is posted, the answer is valid settings or errors, never neither', () => {
  const texts = fc.dictionary(
    fc.oneof(fc.constantFrom('n', 'look', 'text', 'open', 'link', '__proto__'), fc.string()),
    fc.oneof(
      fc.string(),
      fc.constantFrom('3', '1e3', 'NaN', 'on', 'loud', 'https://x'),
      fc.array(fc.string()),
    ),
  );
  fc.assert(
    fc.property(texts, (fields) => {
      const parsed = parseSettings(kind, fields);
      if ('values' in parsed) expect(settings.strict().parse(parsed.values)).toEqual(parsed.values);
      else expect(Object.keys(parsed.errors).length).toBeGreaterThan(0);
    }),
  );
});

test('every kind keeps the rules: a form, a label for each setting, and defaults that are valid', () => {
  for (const one of listKinds('development')) {
    const fields = describeSettings(one);
    expect(one.settings.safeParse({}).success, one.kind).toBe(true);
    const defaults = Object.fromEntries(
      fields.map((field) => [field.name, field.default === false ? '' : String(field.default)]),
    );
    expect(parseSettings(one, defaults), one.kind).toEqual({ values: one.settings.parse({}) });
  }
});
