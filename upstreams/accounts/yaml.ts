// Accounts from a YAML file, for communities without an accounts service and for trying Hubs.
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import {
  type AccountGroup,
  type AccountPerson,
  type Accounts,
  inUtc,
  namePattern,
  withoutPrivate,
} from './accounts.ts';

const name = z
  .string({ error: 'is missing or not a text; give a name' })
  .regex(namePattern, 'is not a name; use letters, digits, _ . - (64 at most, a letter or digit first)');
const text = z.string({ error: 'is not a text; put it in quotes' });
const web = z.url({ protocol: /^https?$/, error: 'is not an address that starts with https://' });
const texts = z.array(text, { error: 'is not a list; write one entry a line, each after a dash' });

const fileSchema = z.strictObject(
  {
    people: z.array(
      z.strictObject(
        {
          username: name,
          human_name: text.nullish(),
          emails: z.array(z.email('is not an e-mail address'), { error: 'is not a list' }).nullish(),
          ircnicks: texts.nullish(),
          timezone: text.nullish(),
          websites: z.array(web, { error: 'is not a list' }).nullish(),
          country: text.nullish(),
          creation: text
            .refine((given) => !Number.isNaN(Date.parse(given)), 'is not a date like 2020-03-09')
            .nullish(),
          is_private: z.boolean('is neither true nor false').nullish(),
        },
        { error: unknownField },
      ),
      { error: 'is missing or not a list; write one person a line, each after a dash' },
    ),
    groups: z.array(
      z.strictObject(
        {
          groupname: name,
          description: text.nullish(),
          mailing_list: z.email('is not an e-mail address').nullish(),
          url: web.nullish(),
          irc: texts.nullish(),
          discussion_url: web.nullish(),
          calendar: text.optional(),
          kind: z
            .enum(['team', 'project', 'regional', 'broadcast'], {
              error: 'is not one of team, project, regional, broadcast',
            })
            .optional(),
          projects: z
            .array(text.regex(/^\S+\/\S+$/, 'is not like namespace/name'), { error: 'is not a list' })
            .optional(),
          packages: texts.optional(),
          members: texts.default([]),
          sponsors: texts.default([]),
        },
        { error: unknownField },
      ),
      { error: 'is missing or not a list; write one group a line, each after a dash' },
    ),
  },
  { error: (issue) => unknownField(issue) ?? 'is empty; give it the lists people and groups' },
);

function unknownField(issue: { code?: string; keys?: string[] }): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  return `has the unknown field ${issue.keys?.join(', ')}; correct the name or remove it`;
}

/** The accounts file can't be used; the message names file, field, reason and remedy for everything wrong. */
export class AccountsFileError extends Error {
  constructor(file: string, problems: string[], cause?: unknown) {
    super([`The accounts file ${file} can't be used:`, ...problems.map((one) => `  ${one}`)].join('\n'), {
      cause,
    });
    this.name = 'AccountsFileError';
  }
}

/**
 * Reads the whole file and checks it; nothing of a half-written file is taken.
 * @throws {AccountsFileError}
 */
export async function openAccountsFile(file: string): Promise<Accounts> {
  const content = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AccountsFileError(
      file,
      [`it can't be read (${cause.code}); set ACCOUNTS_FILE to a file Hubs may read`],
      cause,
    );
  });
  const document = parseDocument(content);
  if (document.errors.length > 0) {
    throw new AccountsFileError(
      file,
      document.errors.map(
        (error) => `${error.message.split('\n')[0]?.replace(/:$/, '')}; correct the YAML there`,
      ),
    );
  }
  const result = fileSchema.safeParse(document.toJS());
  if (!result.success) {
    throw new AccountsFileError(
      file,
      result.error.issues.map((issue) => `${fieldName(issue.path)} ${issue.message}`),
    );
  }
  const people = new Map(result.data.people.map((person) => [person.username.toLowerCase(), person]));
  const nameOf = (username: string) => {
    const person = people.get(username.toLowerCase());
    return person?.is_private ? '' : (person?.human_name ?? '');
  };
  const groups = new Map(
    result.data.groups.map((group) => [group.groupname.toLowerCase(), toGroup(group, nameOf)]),
  );
  const problems = [
    ...repeated(
      'people',
      result.data.people.map((person) => person.username),
    ),
    ...repeated(
      'groups',
      result.data.groups.map((group) => group.groupname),
    ),
    ...result.data.groups.flatMap((group, at) =>
      (['members', 'sponsors'] as const).flatMap((field) =>
        group[field]
          .filter((member) => !people.has(member.toLowerCase()))
          .map((member) => `groups[${at}].${field} names ${member}, who is not among people; add or correct`),
      ),
    ),
  ];
  if (problems.length > 0) throw new AccountsFileError(file, problems);
  return {
    group: async (groupName) => groups.get(groupName.toLowerCase()) ?? null,
    hasGroup: async (groupName) => groups.has(groupName.toLowerCase()),
    groupNames: async () => [...groups.values()].map((group) => group.name),
    person: async (username) => {
      const person = people.get(username.toLowerCase());
      return person ? toPerson(person) : null;
    },
  };
}

const toPerson = (row: z.output<typeof fileSchema>['people'][number]): AccountPerson =>
  withoutPrivate({
    username: row.username,
    fullName: row.human_name ?? null,
    isPrivate: row.is_private ?? false,
    email: row.emails?.[0] ?? null,
    chat: row.ircnicks ?? [],
    timeZone: row.timezone ?? null,
    websites: row.websites ?? [],
    memberSince: row.creation ? inUtc(row.creation) : null,
    country: row.country ?? null,
  });

type Row = z.output<typeof fileSchema>['groups'][number];

const toGroup = (row: Row, nameOf: (username: string) => string): AccountGroup => ({
  name: row.groupname,
  description: row.description ?? '',
  mailingList: row.mailing_list ?? null,
  url: row.url ?? null,
  irc: row.irc ?? [],
  discussionUrl: row.discussion_url ?? null,
  members: row.members,
  sponsors: row.sponsors,
  fullNames: new Map([...row.members, ...row.sponsors].map((one) => [one.toLowerCase(), nameOf(one)])),
  ...(row.calendar && { calendar: row.calendar }),
  ...(row.kind && { kind: row.kind }),
  ...(row.projects && { projects: row.projects }),
  ...(row.packages && { packages: row.packages }),
});

/** `groups[2].mailing_list`; the file itself where there is no path. */
const fieldName = (path: PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('') || 'it';

function repeated(list: string, names: string[]): string[] {
  const seen = new Set<string>();
  return names.flatMap((one, at) => {
    const known = seen.has(one.toLowerCase());
    seen.add(one.toLowerCase());
    return known ? [`${list}[${at}] has the name ${one}, which is there already; rename or remove one`] : [];
  });
}
