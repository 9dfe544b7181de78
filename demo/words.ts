// What each team talks about.

export interface Words {
  /** Work to do, as the title of a ticket, a change or a commit. */
  tasks: string[];
  /** Forum topics. */
  topics: string[];
  /** Mailing list threads. */
  threads: string[];
  /** Points on a meeting's agenda. */
  agenda: string[];
  /** What a newcomer could take on. */
  help: string[];
}

const words: Record<string, Words> = {
  workstation: {
    tasks: [
      'Remember the window layout after undocking',
      'Make the quick settings reachable by keyboard',
      'Show battery time next to the percentage',
      'Speed up the first start after an update',
      'Drop the old screenshot tool from the default set',
      'Use the accent colour in the lock screen',
      'Fix flicker when a second monitor wakes up',
    ],
    topics: [
      'Which file manager views do you use every day?',
      'Call for testing: fractional scaling',
      'My laptop no longer sleeps when I close the lid',
      'Should the terminal open maximised?',
      'Touchpad gestures: what would you change?',
    ],
    threads: [
      'Proposed change: new default image viewer',
      'Workstation 44 release criteria',
      'Dropping the X11 session for good',
      'Font rendering regressions in Rawhide',
    ],
    agenda: ['Release blockers', 'Default applications', 'Accessibility of the installer'],
    help: ['Try the new welcome tour and tell us where you got stuck', 'Test docking stations we do not own'],
  },
  docs: {
    tasks: [
      'Explain how to roll back an update',
      'Replace screenshots of the old installer',
      'Write the release notes for printing',
      'Fix broken anchors in the virtualization guide',
      'Describe how to file a good bug report',
      'Split the networking guide by task',
    ],
    topics: [
      'What did you look for in the docs and not find?',
      'Draft: a style guide in one page',
      'How do I build the docs on my machine?',
      'Quick docs that are out of date',
      'Who reviews the release notes this time?',
    ],
    threads: [
      'Moving the style guide into the repository',
      'Release notes: freeze next Tuesday',
      'Docs office hours, summary',
      'Guide owners wanted',
    ],
    agenda: ['Open pull requests', 'Release notes', 'Pages nobody maintains'],
    help: [
      'Read the install guide as if you had never seen it',
      'Review two open pull requests in quick docs',
    ],
  },
  infrastructure: {
    tasks: [
      'Renew the certificates of the mirror manager',
      'Move the wiki to the new database host',
      'Alert when a backup is older than a day',
      'Raise the connection limit of the proxies',
      'Retire the old download server',
      'Put the status board behind the cache',
      'Log in to staging fails after the upgrade',
    ],
    topics: [
      'Planned outage: storage move on Saturday',
      'How we monitor our services, and what is missing',
      'Apprentices: what to start with',
      'Mirror in South America is behind by a day',
      'Post-mortem: the wiki was slow on Monday',
    ],
    threads: [
      'Outage announcement: build system, 2 hours',
      'Freeze break request: proxy configuration',
      'Retiring the old mail relay',
      'Capacity for the mass rebuild',
    ],
    agenda: ['Monitoring', 'On call hand-over', 'Hardware that runs out of warranty'],
    help: ['Write the runbook for a full disk on the builders', 'Turn three cron jobs into timers'],
  },
  websites: {
    tasks: [
      'Download page: choose the architecture by itself',
      'Make the footer readable in dark mode',
      'Lazy-load the screenshots on the front page',
      'Status board: show planned outages first',
      'Translate the 404 page',
      'Check all pages with a screen reader',
    ],
    topics: [
      'The download page confuses newcomers',
      'Front page for the next release: first draft',
      'Which browsers do we still support?',
      'Website statistics without tracking',
      'Wanted: photographs from events',
    ],
    threads: [
      'Front page launch checklist',
      'Static site generator: compare three',
      'Accessibility review, results',
      'Ownership of the old spins page',
    ],
    agenda: ['Launch checklist', 'Open design questions', 'Broken links'],
    help: ['Check the front page on an old phone', 'Write alternative texts for 20 pictures'],
  },
  localization: {
    tasks: [
      'Add Galician to the language list',
      'Plural forms are wrong in the updates dialog',
      'Freeze strings of the installer',
      'Glossary: agree on a word for "flatpak"',
      'Right-to-left layout breaks in the installer',
      'Import translations from the old platform',
    ],
    topics: [
      'New here: how do I join the Swahili team?',
      'String freeze: what is left?',
      'Machine translation: our rules',
      'Sprint on Sunday: release notes',
      'Which terms should stay in English?',
    ],
    threads: [
      'String freeze starts on Tuesday',
      'Coordinator needed for Kazakh',
      'Translation sprint: results',
      'Weekly numbers',
    ],
    agenda: ['String freeze', 'New languages', 'Tools'],
    help: [
      'Translate the ten most read pages into your language',
      'Review suggestions that wait in Portuguese',
    ],
  },
  quality: {
    tasks: [
      'Test case: encrypted install on two disks',
      'Blocker review: graphics fail on old laptops',
      'Automate the upgrade test for three releases',
      'Test day: audio',
      'Boot census drops results without a kernel version',
      'Write the validation matrix for cloud images',
    ],
    topics: [
      'Test day: kernel 6.18, join in',
      'Is this a release blocker?',
      'How to read the automated test results',
      'Results of the audio test day',
      'Upgrade from two releases back: your experience',
    ],
    threads: [
      'Go / no-go meeting, minutes',
      'Candidate compose available for testing',
      'Blocker status mail',
      'Proposal: criteria for printing',
    ],
    agenda: ['Blocker review', 'Test days', 'Automation'],
    help: ['Boot the candidate image on hardware we do not have', 'Run the printing test cases'],
  },
  python: {
    tasks: [
      'Build against Python 3.15',
      'Drop the patch that upstream took',
      'Run the test suite in %check',
      'Generate build requirements from pyproject',
      'Package the type stubs separately',
      'Fix tests that need the network',
    ],
    topics: [
      'Python 3.15: which packages fail to build?',
      'How do I package a project with Rust parts?',
      'Packaging guide: feedback on the new chapter',
      'Orphaned packages you may want',
      'Wheels in the build root, yes or no?',
    ],
    threads: [
      'Python 3.15 rebuild: status',
      'Orphaning two libraries',
      'Guidelines: entry points',
      'Side tag for the rebuild is open',
    ],
    agenda: ['Rebuild status', 'Orphans', 'Packaging guide'],
    help: ['Take one package that fails to build and find out why', 'Proof-read the packaging guide'],
  },
  design: {
    tasks: [
      'Wallpaper for the next release: second round',
      'Icon for the firmware updater',
      'Mockup: join a team in three steps',
      'Badge artwork for test days',
      'Poster for the spring conference',
      'Usability notes from five interviews',
    ],
    topics: [
      'Supplemental wallpapers: vote until Sunday',
      'Critique: new icon grid',
      'Design office hours: bring your question',
      'Colour contrast in charts',
      'Looking for testers of the new onboarding',
    ],
    threads: [
      'Wallpaper deadline',
      'Request: artwork for the magazine',
      'Design meeting summary',
      'Fonts we may bundle',
    ],
    agenda: ['Open requests', 'Wallpaper', 'Critique'],
    help: ['Draw one badge; the template is ready', 'Watch somebody install Meadow and take notes'],
  },
  marketing: {
    tasks: [
      'Announce the beta',
      'Interview a new contributor',
      'Talking points for the release',
      'Plan posts for the spring conference',
      'Article: five tools for photographers',
      'Clean up the press contacts',
    ],
    topics: [
      'Ideas for the magazine in March',
      'Release party kit: what do you need?',
      'How do we measure whether it helps?',
      'Quotes from users wanted',
      'Social media hand-over',
    ],
    threads: [
      'Magazine: schedule for next week',
      'Beta announcement, please review',
      'Talking points, final',
      'Event reports',
    ],
    agenda: ['Magazine', 'Release announcement', 'Events'],
    help: ['Proof-read the release announcement', 'Write about how you use Meadow at work'],
  },
};

/** @throws when accounts.yaml has a team that nobody wrote words for */
export function wordsOf(team: string): Words {
  const found = words[team];
  if (!found) throw new Error(`demo/words.ts has no words for the team ${team} of demo/accounts.yaml.`);
  return found;
}

export const replies = [
  'Works for me on two machines, thanks.',
  'I can take this one, probably on Thursday.',
  'Could you add a test for the empty case?',
  'Agreed. Let us try it for one release and look again.',
  'Not sure this is the right place. Have you asked the others?',
  'I see the same here since last week.',
  'Nice, much better than before.',
  'Two small remarks, otherwise good to go.',
  'That fixed it. Thank you!',
  'Let us talk about it at the next meeting.',
];
