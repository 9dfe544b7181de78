import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { quoteForShell, writeEnvFile } from './env-file.ts';

test('a shell reads every value back as it was', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (values) => {
      const script = `printf '%s\\0' ${values.map(quoteForShell).join(' ')}`;
      const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
      expect(read).toBe(values.map((value) => `${value}\0`).join(''));
    }),
    { numRuns: 50 },
  );
});

test('the file can be sourced, and only its owner may read it', () => {
  const file = join(makeFolder('env'), 'env');
  writeEnvFile(file, { DATABASE_URL: 'postgresql://a:b@c/d?e=f&g', ODD: `it's $HOME "here" \\` });
  const read = execFileSync('sh', ['-c', `. "$0"; printf '%s|%s' "$DATABASE_URL" "$ODD"`, file], {
    encoding: 'utf8',
  });
  expect(read).toBe(`postgresql://a:b@c/d?e=f&g|it's $HOME "here" \\`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
