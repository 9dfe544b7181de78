/** The sections of a person's settings, one line each, in their order; each is a page of its own. */
export const sections = [
  { path: '/settings/profile', name: 'Display' },
  { path: '/settings/hubs', name: 'My hubs' },
  { path: '/settings/privacy', name: 'Privacy' },
  { path: '/settings/sessions', name: 'Sessions' },
  { path: '/settings/links', name: 'Secret links' },
  { path: '/settings/accounts', name: 'Accounts' },
  { path: '/settings/data', name: 'Your data' },
];
