import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { makeFolder } from '../../testing/stores.ts';
import { testAccounts } from './accounts.conformance.ts';
import { AccountsFileError, openAccountsFile } from './yaml.ts';

const whole = `people:
  - { username: amara, human_name: Amara Okafor }
  - { username: Tomas }
groups:
  - groupname: design
    description: Pictures and words
    mailing_list: design@lists.example.org
    irc: ['matrix://example.org/#design']
    discussion_url: https://discussion.example.org/tag/design
    projects: [design/logos]
    members: [amara, tomas]
    sponsors: [amara]
`;

function write(content: string): string {
  const file = join(makeFolder('accounts'), 'accounts.yaml');
  writeFileSync(file, content);
  return file;
}

testAccounts('the file', ({ users, groups }) =>
  openAccountsFile(write(stringify({ people: users, groups }))),
);

const complaint = async (content: string) => {
  const file = write(content);
  const error = await openAccountsFile(file).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AccountsFileError)) throw new Error(`no AccountsFileError but ${error}`);
  expect(error.message).toContain(file);
  return error.message;
};

test('a group and a person are found without regard to case', async () => {
  const accounts = await openAccountsFile(write(whole));
  expect(await accounts.group('DESIGN')).toEqual({
    name: 'design',
    description: 'Pictures and words',
    mailingList: 'design@lists.example.org',
    url: null,
    irc: ['matrix://example.org/#design'],
    discussionUrl: 'https://discussion.example.org/tag/design',
    members: ['amara', 'tomas'],
    sponsors: ['amara'],
    projects: ['design/logos'],
    fullNames: new Map([
      ['amara', 'Amara Okafor'],
      ['tomas', ''],
    ]),
  });
  expect(await accounts.person('Amara')).toMatchObject({ username: 'amara', fullName: 'Amara Okafor' });
  expect(await accounts.person('nobody')).toBeNull();
  expect(await accounts.group('nothing')).toBeNull();
});

test('what is wrong is named by its path, with reason and remedy, all at once', async () => {
  const message = await complaint(
    whole.replace('design@lists.example.org', 'design').replace('groupname: design', 'groupname: -x'),
  );
  expect(message).toContain('groups[0].mailing_list is not an e-mail address');
  expect(message).toContain('groups[0].groupname is not a name; use letters');
});

test('a misspelt field is not silently ignored', async () => {
  expect(await complaint(whole.replace('irc:', 'icr:'))).toContain('groups[0] has the unknown field icr');
});

test('a member who is nobody, and a name used twice, are refused', async () => {
  expect(await complaint(whole.replace('[amara, tomas]', '[amara, ghost]'))).toContain(
    'groups[0].members names ghost, who is not among people',
  );
  expect(await complaint(whole.replace('Tomas', 'AMARA').replace(', tomas', ''))).toContain(
    'people[1] has the name AMARA, which is there already',
  );
});

test('a half-written file is refused as a whole, wherever it ends', async () => {
  const cut = whole.slice(0, whole.indexOf('lists.example.org'));
  expect(await complaint(cut)).toContain('groups[0].mailing_list');
  expect(await complaint(whole.slice(0, whole.indexOf(', human')))).toContain('correct the YAML');
  expect(await complaint('')).toContain('it is empty');
  expect(await complaint(whole.slice(0, whole.indexOf('groups:')))).toContain('groups is missing');
});

test('a file that is not there says which setting names it', async () => {
  await expect(openAccountsFile('/nowhere/accounts.yaml')).rejects.toThrow(
    "it can't be read (ENOENT); set ACCOUNTS_FILE",
  );
});
