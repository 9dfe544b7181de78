import type { SyncRules } from '../hubs/sync-team.ts';
import type { Settings } from '../settings/settings.ts';
import { refreshInterests } from '../widgets/interests.ts';

/** What a sync goes by here; the first provider speaks for the accounts system. */
export const syncRules = (settings: Pick<Settings, 'BASE_URL' | 'providers'>): SyncRules => ({
  baseUrl: settings.BASE_URL,
  accountsIssuer: settings.providers[0]?.issuer,
  refreshInterests,
});
