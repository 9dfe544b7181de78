/** The migrated database that each test file copies. */
export const TEMPLATE = 'hubs_template';

/** The same server, another database. */
export const withDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;
