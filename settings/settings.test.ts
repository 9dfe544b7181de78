import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { providerSettingNames } from './providers.ts';
import { readSettings, SettingsError, settingNames } from './settings.ts';

const good = { DATABASE_URL: 'postgresql://hubs@localhost/hubs', REDIS_URL: 'redis://localhost:6379' };

const problemsOf = (env: Record<string, string | undefined>) => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

test('everything wrong is named at once, each with its remedy', () => {
  const problems = problemsOf({ DATABASE_URL: 'mysql://x', SSE_PORT: '99999', BUS_ENDPOINTS: 'localhost' });
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
    'BUS_ENDPOINTS',
    'DATABASE_URL',
    'REDIS_URL',
    'SSE_PORT',
  ]);
  expect(problems.join('\n')).toContain('REDIS_URL is not set; set it to the Redis server');
});

test('the direct and the feed address are the database by default', () => {
  const settings = readSettings(good);
  expect([settings.DATABASE_DIRECT_URL, settings.FEEDS_URL]).toEqual([good.DATABASE_URL, good.DATABASE_URL]);
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ ...good, LOG_LEVEL: '' }).LOG_LEVEL).toBe('info');
});

test('a secret may stand in a file, and a file that cannot be read is named', () => {
  const file = join(tmpdir(), `hubs-settings-${process.pid}`);
  writeFileSync(file, 'redis://elsewhere:1\n');
  expect(readSettings({ DATABASE_URL: good.DATABASE_URL, REDIS_URL_FILE: file }).REDIS_URL).toBe(
    'redis://elsewhere:1',
  );
  expect(problemsOf({ DATABASE_URL: good.DATABASE_URL, REDIS_URL_FILE: '/nowhere' })).toEqual([
    "REDIS_URL_FILE: /nowhere can't be read (ENOENT); check path and rights",
  ]);
});

test('people have one source', () => {
  const both = { ...good, ACCOUNTS_FILE: 'accounts.yaml', FASJSON_URL: 'https://fasjson.example.org' };
  expect(problemsOf(both)).toEqual([
    'ACCOUNTS_FILE and FASJSON_URL are both set; leave one of them out, for people have one source',
  ]);
});

test('signatures are checked as each environment wants it, and only against an authority', () => {
  const read = (BUS_SIGNATURES: string) =>
    readSettings({ ...good, BUS_SIGNATURES, BUS_CA: 'ca.pem' }).BUS_SIGNATURES;
  expect(read('prefer')).toEqual({ '*': 'prefer' });
  expect(read('prod=require, stg=prefer, *=ignore')).toEqual({
    prod: 'require',
    stg: 'prefer',
    '*': 'ignore',
  });
  expect(read('stg=ignore')).toEqual({ stg: 'ignore', '*': 'require' });
  expect(problemsOf({ ...good, BUS_SIGNATURES: 'prod=maybe' })[0]).toContain('has prod=maybe, which is not');
  expect(problemsOf({ ...good, BUS_SIGNATURES: 'stg=ignore' })[0]).toContain('set it to the file of');
  expect(readSettings({ ...good, BUS_SIGNATURES: 'ignore' }).BUS_SIGNATURES).toEqual({ '*': 'ignore' });
});

test('.env.example documents each setting and no other', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map(
    (match) => match[1],
  );
  expect(documented.sort()).toEqual([...settingNames].sort());
});

test('.env.example documents each setting of a provider and no other', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^# {3}OIDC_<NAME>_([A-Z_]+)=/gm)].map(
    (match) => match[1],
  );
  expect(documented.sort()).toEqual([...providerSettingNames].sort());
});

const fedora = {
  ...good,
  OIDC_PROVIDERS: 'fedora',
  OIDC_FEDORA_ISSUER: 'https://id.fedoraproject.org/openidc/',
  OIDC_FEDORA_CLIENT_ID: 'hubs',
  OIDC_FEDORA_CLIENT_SECRET: 'secret',
};

test('a provider has settings of its own, its secret perhaps in a file; the issuer stays as it is written', () => {
  const file = join(tmpdir(), `hubs-secret-${process.pid}`);
  writeFileSync(file, 'from a file\n');
  const env = {
    ...fedora,
    OIDC_PROVIDERS: 'fedora, other',
    OIDC_OTHER_ISSUER: 'https://other.example.org',
    OIDC_OTHER_CLIENT_ID: 'us',
    OIDC_OTHER_CLIENT_SECRET_FILE: file,
    OIDC_OTHER_LABEL: 'The others',
    OIDC_OTHER_TOKEN_AUTH: 'basic',
  };
  expect(readSettings(env).providers).toEqual([
    {
      name: 'fedora',
      label: 'id.fedoraproject.org',
      issuer: 'https://id.fedoraproject.org/openidc/',
      clientId: 'hubs',
      clientSecret: 'secret',
    },
    {
      name: 'other',
      label: 'The others',
      issuer: 'https://other.example.org',
      clientId: 'us',
      clientSecret: 'from a file',
      tokenAuth: 'basic',
    },
  ]);
});

test('what a provider lacks is named', () => {
  expect(problemsOf({ ...good, OIDC_PROVIDERS: 'fedora', OIDC_FEDORA_TOKEN_AUTH: 'none' })).toEqual([
    "OIDC_FEDORA_ISSUER is not set; set it to the provider's issuer, exactly as its discovery document has it",
    'OIDC_FEDORA_CLIENT_ID is not set; set it to the name the provider knows Hubs by',
    'OIDC_FEDORA_CLIENT_SECRET is not set; set it, or _FILE to a file that holds it',
    'OIDC_FEDORA_TOKEN_AUTH is neither post nor basic',
  ]);
  expect(problemsOf({ ...good, OIDC_PROVIDERS: 'Fedora Accounts' })[0]).toContain('has a name that is not');
  expect(problemsOf({ ...fedora, OIDC_PROVIDERS: 'fedora,fedora' })[0]).toContain('names fedora twice');
});

test('an issuer without https is accepted on localhost only', () => {
  const env = { ...fedora, OIDC_FEDORA_ISSUER: 'http://127.0.0.1:5000' };
  for (const local of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])
    expect(readSettings({ ...env, BASE_URL: local }).providers).toHaveLength(1);
  for (const open of ['https://hubs.example.org', 'http://localhost.example.org', 'http://127.0.0.1.nip.io'])
    expect(problemsOf({ ...env, BASE_URL: open })).toEqual([
      'OIDC_FEDORA_ISSUER starts with http://, which is accepted with a BASE_URL on localhost only',
    ]);
});
