import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedFolder, skipUnless } from '../../testing/skips.ts';
import { BadJson, canonicalize, joinMembers, readMembers } from './canonical-json.ts';

test.each([
  [' { "b" : [ 1 , 2.50 ] , "a" : 1504643075.0 } ', '{"a":1504643075.0,"b":[1,2.5]}'],
  ['[1e16, 1e-7, 0.0001, 1e400, -0, -0.0, NaN]', '[1e+16,1e-07,0.0001,Infinity,0,-0.0,NaN]'],
  ['12345678901234567890123', '12345678901234567890123'],
  ['{"10":1,"9":2,"":3}', '{"":3,"10":1,"9":2}'],
  ['{"\uffff":1,"\u{1f600}":2,"z":3}', '{"z":3,"\\uffff":1,"\\ud83d\\ude00":2}'],
  ['{"a":1,"a":2,"__proto__":{}}', '{"__proto__":{},"a":2}'],
  ['"\\/ é \\u007f \\\\\\""', '"/ \\u00e9 \\u007f \\\\\\""'],
])('%s is signed as %s', (text, canonical) => {
  expect(canonicalize(text)).toBe(canonical);
});

test.each([
  '',
  '{',
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '01',
  '1.',
  '+1',
  '"a',
  '"\\',
  '"\\x"',
  '"\n"',
  'nul',
  '1 2',
  '[1}',
  '['.repeat(100_000),
])('%j is no JSON', (text) => {
  expect(() => canonicalize(text)).toThrow(BadJson);
});

test('any JSON means the same in its canonical form, which is its own and ASCII', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }),
      fc.constantFrom(0, 1),
      (value, indent) => {
        const canonical = canonicalize(JSON.stringify(value, null, indent));
        return (
          /^[ -~]*$/.test(canonical) &&
          canonicalize(canonical) === canonical &&
          isDeepStrictEqual(JSON.parse(canonical), JSON.parse(JSON.stringify(value)))
        );
      },
    ),
  );
});

test('any text is JSON for both readers or for none', () => {
  const nearJson = fc.stringMatching(/^[{}[\]",:\\ tu0-9.eE+-]{0,12}$/);
  fc.assert(
    fc.property(nearJson, (text) => {
      const isJson = (read: (text: string) => unknown) => {
        try {
          read(text);
          return true;
        } catch {
          return false;
        }
      };
      return isJson(canonicalize) === isJson(JSON.parse);
    }),
    { numRuns: 1_000 },
  );
});

test('members can be taken out before the object is put together again', () => {
  const members = readMembers('{"b": 1.0, "signature": "x", "a": {"d": 1, "c": 2}}');
  members.delete('signature');
  expect(joinMembers(members)).toBe('{"a":{"c":2,"d":1},"b":1.0}');
  expect(() => readMembers('[]')).toThrow(BadJson);
});

skipUnless('shared')("the reference's edge cases", () => {
  const lines = readFileSync(`${sharedFolder}/corpus/canonical-json.jsonl`, 'utf8').trim().split('\n');
  test.each(lines.map((line) => JSON.parse(line) as { input: string; canonical: string }))(
    '$input',
    ({ input, canonical }) => {
      expect(canonicalize(input)).toBe(canonical);
    },
  );
});
