/** The sections of a person's settings, one line each, in their order; each is a page of its own. */
export const sections = [
  { path: '/settings/sessions', name: 'Sessions' },
  { path: '/settings/accounts', name: 'Accounts' },
];
