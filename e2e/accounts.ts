// The people and teams of every test; as YAML reads JSON, this is the accounts file.

const team = (groupname: string, more: object = {}) => ({
  groupname,
  description: `The ${groupname} team. It is here to be tested.`,
  projects: [`${groupname}/tracker`],
  members: ['amara', 'bjarke'],
  sponsors: ['amara'],
  ...more,
});

export const teams = ['garden', 'kitchen', 'library', 'workshop'] as const;
export type Team = (typeof teams)[number];

export const accounts = {
  people: [
    { username: 'amara', human_name: 'Amara Okafor' },
    { username: 'bjarke', human_name: 'Bjarke Holm' },
  ],
  groups: teams.map((name) =>
    team(name, name === 'garden' ? { discussion_url: 'https://discussion.example.org/tag/garden' } : {}),
  ),
};
