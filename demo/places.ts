// Where the invented services live; `.example` belongs to nobody.
export const places = {
  badges: 'https://badges.meadow.example',
  bodhi: 'https://updates.meadow.example',
  bugs: 'https://bugs.meadow.example',
  builds: 'https://builds.meadow.example',
  copr: 'https://copr.meadow.example',
  distGit: 'https://src.meadow.example',
  forgejo: 'https://forge.meadow.example',
  github: 'https://github.example',
  lists: 'lists.meadow.example',
  meetings: 'https://meetings.meadow.example',
  pagure: 'https://pagure.meadow.example',
  planet: 'https://planet.meadow.example',
  wiki: 'https://wiki.meadow.example',
} as const;
