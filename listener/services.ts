// The services whose messages are counted by name. A topic's word is anybody's choice, a label's values are not.

export const services = [
  ...[
    'anitya',
    'announce',
    'ansible',
    'askbot',
    'autocloud',
    'badges',
    'bodhi',
    'bugzilla',
    'buildsys',
    'ci',
  ],
  ...['compose', 'copr', 'datanommer', 'discourse', 'faf', 'fas', 'fedbadges', 'fedimg', 'fedocal'],
  ...[
    'fedora_elections',
    'fedoratagger',
    'fmn',
    'forgejo',
    'git',
    'github',
    'gitlab',
    'greenwave',
    'hotness',
  ],
  ...[
    'hubs',
    'infragit',
    'irc',
    'jenkins',
    'kerneltest',
    'koschei',
    'logdetective',
    'logger',
    'mailman',
    'matrix',
  ],
  ...['maubot', 'mbs', 'mdapi', 'meetbot', 'mirrormanager', 'nagios', 'noggin', 'nuancier', 'odcs', 'openqa'],
  ...['openscanhub', 'packit', 'pagure', 'pdc', 'pkgdb', 'planet', 'pretix', 'pungi', 'rats', 'releng'],
  ...['resultsdb', 'summershum', 'taskotron', 'trac', 'waiverdb', 'weblate', 'wiki', 'zanata', 'other'],
];

const known = new Set(services);

export const serviceLabel = (service: string): string => (known.has(service) ? service : 'other');
