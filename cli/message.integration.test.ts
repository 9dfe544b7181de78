import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedFolder, skipUnless } from '../testing/skips.ts';

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

skipUnless('shared')('verify', () => {
  const corpus = `${sharedFolder}/corpus`;
  // The message as it stands in the line: 1.0 has to stay 1.0.
  const lines = readFileSync(`${corpus}/signed.jsonl`, 'utf8').trim().split('\n');
  const envelopes = lines.map(
    (line) => /"canonical": "(?:[^"\\]|\\.)*", "msg": (\{.*\})\}$/.exec(line)?.[1] ?? '',
  );
  const expected = lines.map(
    (line) => JSON.parse(line) as { valid: boolean; cn: string; msg: { msg_id: string } },
  );
  const ca = `${corpus}/ca/ca-2022-2122.crt`;

  test('says of each envelope whether it is signed, by whom, and otherwise why not', () => {
    const { status, stderr, said } = hubs(
      ['verify', '--ca', ca, '--at', '2023-01-01'],
      [...envelopes, '[]', JSON.stringify(push('c', 'main'))],
    );
    expect([status, stderr]).toEqual([1, `line ${envelopes.length + 1}: is not a JSON object\n`]);
    const verdicts = expected.map(({ valid, cn, msg }) => ({
      id: msg.msg_id.slice(5),
      valid,
      reason: valid ? null : 'has a signature that does not fit its content',
      cn,
    }));
    expect(said).toEqual([...verdicts, { id: 'c', valid: false, reason: 'is not signed', cn: null }]);
  });

  test('today the certificates have run out', () => {
    const { status, said } = hubs(['verify', '--ca', ca], envelopes.slice(1, 2));
    expect([status, said[0].reason]).toEqual([0, expect.stringContaining('that ran out on 2024-04-20')]);
  });

  test('asks the policy who may send what', () => {
    const policy = join(mkdtempSync(join(tmpdir(), 'hubs-policy-')), 'policy.json');
    writeFileSync(policy, JSON.stringify({ 'copr.build.start': ['else.example.org'] }));
    const { said } = hubs(['verify', '--ca', ca, '--at', '2023-01-01', '--policy', policy], envelopes);
    for (const [at, { msg, valid }] of expected.entries()) {
      const isRefused = (msg as { topic?: string }).topic?.endsWith('copr.build.start');
      expect(said[at].valid).toBe(valid && !isRefused);
    }
  });

  test('names what it can not read', () => {
    const { status, stderr } = hubs(['verify', '--ca', '/nowhere.pem'], []);
    expect([status, stderr]).toEqual([1, "/nowhere.pem can't be read (ENOENT); check path and rights.\n"]);
    expect(hubs(['verify', '--ca', ca, '--at', 'then'], []).status).toBe(2);
    expect(hubs(['verify'], []).status).toBe(2);
  });
});
