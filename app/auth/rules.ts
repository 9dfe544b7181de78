import type { SignInRules } from '../../hubs/sign-in.ts';
import { hasAccounts } from '../../upstreams/accounts/open-accounts.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import type { Stores } from '../stores.ts';

/** What sign-in goes by here; the first provider speaks for the accounts system. */
export const signInRules = ({ settings, providers }: Stores): SignInRules => ({
  accountsIssuer: providers[0]?.issuer,
  readsAccounts: hasAccounts(settings),
  siteAdminGroups: settings.SITE_ADMIN_GROUPS,
  baseUrl: settings.BASE_URL,
  labelOf: (issuer) => labelOf(providers, issuer),
  refreshInterests,
});

/** A provider that is not configured any more goes by its host. */
export const labelOf = (providers: Stores['providers'], issuer: string): string =>
  providers.find((one) => one.issuer === issuer)?.label ?? URL.parse(issuer)?.host ?? 'another provider';
