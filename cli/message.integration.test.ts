import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const hubs = (command: string[], lines: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), 'message', ...command],
    {
      input: lines.join('\n'),
      encoding: 'utf8',
      timeout: 20_000,
    },
  );
  return {
    status,
    stderr,
    said: stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
};
const push = (id: string, branch: string) => ({
  topic: 'org.fedoraproject.prod.git.receive',
  msg_id: `2026-${id}`,
  timestamp: 1_700_000_000,
  msg: {
    commit: {
      username: 'mira',
      name: 'Mira',
      repo: 'guake',
      namespace: 'rpms',
      branch,
      summary: 'Mend it',
      rev: 'abc',
    },
  },
});

test('render says each message, tells bad lines by their number, and goes on', () => {
  const amqp = { topic: 'org.fedoraproject.prod.unheard.of', id: 'b', headers: {}, body: { agent: 'mira' } };
  const { status, stderr, said } = hubs(
    ['render'],
    [JSON.stringify(push('a', 'main')), '{', '', '[]', JSON.stringify(amqp)],
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^line 2: is not JSON\nline 4: is not /);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatchObject({ agent: 'mira', packages: ['guake'], kind: 'git.receive', generic: false });
  expect(Object.keys(said[0])).toEqual(
    'title subject subjective link icon picture agent users packages groups objects kind generic'.split(' '),
  );
  expect(said[1]).toMatchObject({ generic: true, kind: 'unheard.of' });
});

test('group makes one entry of one push', () => {
  const { status, said } = hubs(
    ['group', '--subject', 'mira'],
    ['c', 'b', 'a'].map((id) => JSON.stringify(push(id, 'main'))),
  );
  expect(status).toBe(0);
  expect(said.map(({ ids }) => ids)).toEqual([['c', 'b', 'a']]);
  expect(Object.keys(said[0])).toEqual(
    'subject subjective link picture users packages topics ids'.split(' '),
  );
});
