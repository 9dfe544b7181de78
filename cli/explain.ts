// What went wrong, for whoever sits at the terminal.
import { BadTrust } from '../bus/signatures/trust.ts';
import { HubError } from '../hubs/hub-error.ts';
import { SettingsError } from '../settings/settings.ts';
import { AccountsFileError } from '../upstreams/accounts/yaml.ts';
import { UpstreamError } from '../upstreams/upstream-error.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A sentence with its remedy, and the exit code: 78 for settings, 1 for the rest. */
export function explain(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof SettingsError) return { sentence: error.message, exitCode: error.exitCode };
  if (
    error instanceof HubError ||
    error instanceof UpstreamError ||
    error instanceof AccountsFileError ||
    error instanceof BadTrust ||
    error instanceof UnreadableFile
  ) {
    return { sentence: error.message, exitCode: 1 };
  }
  const codes = codesOf(error);
  if (codes.some((code) => /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|P1001|P1002|57P03)$/.test(code))) {
    return { sentence: 'The database does not answer; start it, or correct DATABASE_URL.', exitCode: 1 };
  }
  if (codes.some((code) => /^(28P01|28000|P1000|P1010)$/.test(code))) {
    return {
      sentence: 'The database refuses the user or the password of DATABASE_URL; correct them.',
      exitCode: 1,
    };
  }
  if (codes.some((code) => /^(3D000|P1003)$/.test(code))) {
    return {
      sentence: 'There is no database of the name in DATABASE_URL; create it, or correct the name.',
      exitCode: 1,
    };
  }
  if (codes.some((code) => /^(P2021|P2022|42P01|42703)$/.test(code))) {
    return {
      sentence: 'The database lacks tables that Hubs needs; run `hubs db migrate` first.',
      exitCode: 1,
    };
  }
  return { sentence: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
}

/** The error's code and those of what caused it. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if ('code' in one) codes.push(String(one.code));
    if (one instanceof AggregateError) codes.push(...one.errors.flatMap(codesOf));
  }
  return codes;
}
