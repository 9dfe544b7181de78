import { openAccounts } from '../../upstreams/accounts/open-accounts.ts';
import { defineCheck, judge } from './check.ts';

const DEADLINE_MS = 5_000;
/** There need be none of that name: whoever answers has taken Hubs' ticket. */
const ANY_GROUP = 'hubs';

export const accounts = defineCheck({
  name: 'accounts',
  needs: [],
  async look({ settings }) {
    const where = settings.ACCOUNTS_FILE ?? settings.FASJSON_URL;
    if (!where) return 'none is set';
    const wrong = await openAccounts(settings, { deadlineMs: DEADLINE_MS })
      .then((opened) => opened?.hasGroup(ANY_GROUP))
      .then(
        () => null,
        (error: Error) => error.message,
      );
    return judge(
      wrong,
      where,
      'Teams and who belongs to them can not be read.',
      settings.ACCOUNTS_FILE
        ? 'Correct the file, or ACCOUNTS_FILE.'
        : 'Correct FASJSON_URL and KRB5_CLIENT_KTNAME, or wait until the accounts answer.',
    );
  },
});
