import type { Settings } from '../settings/settings.ts';

/** A person's page in the accounts system, for those who have no hub; undefined where no pages are configured. */
export const profilePage = (userUrl: string | undefined, username: string): string | undefined =>
  userUrl?.replaceAll('{name}', encodeURIComponent(username));

/** The page of a hub's group in the accounts system; null where there is no group, or no pages are configured. */
export const groupPage = (
  groupUrl: Settings['ACCOUNTS_GROUP_URL'],
  { groupName }: { groupName: string | null },
): string | null =>
  groupName !== null && groupUrl ? groupUrl.replaceAll('{name}', encodeURIComponent(groupName)) : null;
