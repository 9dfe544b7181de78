// What went wrong, for whoever sits at the terminal.
import { BadTrust } from '../bus/signatures/trust.ts';
import { HubError } from '../hubs/hub-error.ts';
import { MigrationError } from '../prisma/migrate.ts';
import { SettingsError } from '../settings/settings.ts';
import { AccountsFileError } from '../upstreams/accounts/yaml.ts';
import { UpstreamError } from '../upstreams/upstream-error.ts';
import { exitStatus } from './exit-status.ts';
import { Refusal } from './refusal.ts';

/** What the codes of PostgreSQL, Prisma and the network mean for whoever set DATABASE_URL. */
const databaseSentences: [codes: RegExp, sentence: string][] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|P1001|P1002|57P03)$/,
    'The database does not answer; start it, or correct DATABASE_URL.',
  ],
  [
    /^(28P01|28000|P1000|P1010)$/,
    'The database refuses the user or the password of DATABASE_URL; correct them.',
  ],
  [/^(3D000|P1003)$/, 'There is no database of the name in DATABASE_URL; create it, or correct the name.'],
  [/^(P2021|P2022|42P01|42703)$/, 'The database lacks tables that Hubs needs; run `hubs db migrate` first.'],
];

/** A sentence with its remedy, and the exit status: 78 for settings, 1 for the rest. */
export function explain(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof SettingsError) return { sentence: error.message, exitCode: error.exitCode };
  if (
    error instanceof HubError ||
    error instanceof UpstreamError ||
    error instanceof AccountsFileError ||
    error instanceof BadTrust ||
    error instanceof MigrationError ||
    error instanceof Refusal
  ) {
    return { sentence: error.message, exitCode: exitStatus.wrong };
  }
  const codes = codesOf(error);
  const known = databaseSentences.find(([meant]) => codes.some((code) => meant.test(code)));
  const unknown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { sentence: known?.[1] ?? unknown, exitCode: exitStatus.wrong };
}

/** The error's code and those of what caused it. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if ('code' in one) codes.push(String(one.code));
    // The driver's own deadlines have no code.
    if (/^timeout |due to connection timeout$/.test(one.message)) codes.push('ETIMEDOUT');
    if (one instanceof AggregateError) codes.push(...one.errors.flatMap(codesOf));
  }
  return codes;
}
