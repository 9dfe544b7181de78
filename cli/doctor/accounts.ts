import { openAccountsFile } from '../../upstreams/accounts/yaml.ts';
import { defineCheck, judge } from './check.ts';

export const accounts = defineCheck({
  name: 'accounts',
  needs: [],
  async look({ settings: { ACCOUNTS_FILE } }) {
    if (!ACCOUNTS_FILE) return 'none is set';
    const wrong = await openAccountsFile(ACCOUNTS_FILE).then(
      async (opened) => {
        await opened.close?.();
        return null;
      },
      (error: Error) => error.message,
    );
    return judge(
      wrong,
      ACCOUNTS_FILE,
      'Teams and who belongs to them can not be read.',
      'Correct the file, or ACCOUNTS_FILE.',
    );
  },
});
