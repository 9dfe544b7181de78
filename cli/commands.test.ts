// docs/commands.md is the command's reference: it says what the program says.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exitStatus } from './exit-status.ts';
import { makeProgram } from './program.ts';
import { composeReference, listCommands } from './reference.ts';

const doc = readFileSync(new URL('../docs/commands.md', import.meta.url), 'utf8');

const commands = listCommands(makeProgram());
const leaves = commands.filter(({ command }) => command.commands.length === 0);

describe('docs/commands.md', () => {
  test('has the help of every command, in their order; `npm run docs:commands` writes it', () => {
    expect(composeReference(doc, makeProgram())).toBe(doc);
  });

  test('names every exit status', () => {
    const documented = [...doc.matchAll(/^\| (\d+) \|/gm)].map(([, status]) => Number(status));
    expect(documented).toEqual([
      0,
      exitStatus.wrong,
      exitStatus.usage,
      3,
      69,
      exitStatus.later,
      78,
      exitStatus.interrupted,
    ]);
  });
});

test('every command answers in JSON and can be quiet, but those that run until they are stopped', () => {
  const without = leaves.filter(
    ({ command }) =>
      !['--json', '--quiet'].every((flag) => command.options.some(({ long }) => long === flag)),
  );
  expect(without.map(({ path }) => path)).toEqual(
    leaves.map(({ path }) => path).filter((path) => path.startsWith('hubs run ')),
  );
});

test('no option takes a secret: whoever lists processes would see it', () => {
  const options = leaves.flatMap(({ command }) => command.options.map(({ flags }) => flags));
  expect(options.filter((flags) => /password|secret|token|credential|key|url/i.test(flags))).toEqual([]);
});

test('every group has examples, and each of them can be understood', () => {
  const groups = commands.filter(({ path, command }) => path !== 'hubs' && command.commands.length > 0);
  for (const { path, command } of groups) expect(command.examples, path).not.toEqual([]);
  for (const example of commands.flatMap(({ command }) => command.examples)) {
    const words = example.split(' ');
    const found = leaves.find(({ path }) => `hubs ${example} `.startsWith(`${path} `));
    expect(found, example).toBeDefined();
    const known = found?.command.options.map(({ long }) => long);
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(known, example).toContain(flag);
  }
});
