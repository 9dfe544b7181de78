import type { Settings } from '../../settings/settings.ts';
import type { Accounts } from './accounts.ts';

type Given = Pick<Settings, 'ACCOUNTS_FILE' | 'FASJSON_URL' | 'KRB5_CLIENT_KTNAME'>;

export const hasAccounts = (settings: Given): boolean =>
  Boolean(settings.ACCOUNTS_FILE || settings.FASJSON_URL);

/**
 * The accounts system as the settings have it, anew for each piece of work: a file is read whole, and as it is now.
 * @returns null where there is none
 * @throws {AccountsFileError} when there is a file that can't be used
 */
export async function openAccounts(
  settings: Given,
  options: { deadlineMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<Accounts | null> {
  if (settings.ACCOUNTS_FILE) {
    const { openAccountsFile } = await import('./yaml.ts');
    return openAccountsFile(settings.ACCOUNTS_FILE);
  }
  if (!settings.FASJSON_URL) return null;
  const { openFasjson } = await import('./fasjson.ts');
  const { openTickets } = await import('./tickets.ts');
  return openFasjson({
    url: settings.FASJSON_URL,
    tickets: openTickets(settings.KRB5_CLIENT_KTNAME),
    ...options,
  });
}
