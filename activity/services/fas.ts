// Accounts and groups: FAS, its successor Noggin.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://admin.fedoraproject.org/accounts/static/theme/fas/images/account.png';

const fedmsgSentences: Record<string, string> = {
  'user.create': "New FAS account:  '{user}'  (created by '{agent}')",
  'user.update': "{agent} edited the following fields of {user}'s FAS profile:  {fields}",
  'group.member.apply': "{agent} applied for {user}'s membership in the {group} group",
  'group.member.sponsor': "{agent} sponsored {user}'s membership in the {group} group",
  'group.member.remove': '{agent} removed {user} from the {group} group',
  'group.create': '{agent} created new FAS group {group}',
  'group.update': '{agent} edited the following fields of the {group} FAS group:  {fields}',
  'role.update': "{agent} changed {user}'s role in the {group} group[ to {status}]",
};

const schemaSentences: Record<string, string> = {
  // The missing space is the sender's own.
  'group.member.sponsor': 'Sponsor {agent} added {user} to the group{group}',
  'group.member.removed': 'User {agent} removed user {user} from the group{group}',
};

const nameAt = (m: Subject, path: string) => m.firstText(`${path}.username`, `${path}.name`, path);

function describeFedmsg(m: Subject): Said | undefined {
  if (m.at('msg') !== undefined) return undefined;
  const template = fedmsgSentences[m.kind.slice('fas.'.length)];
  const [agent, user, group] = [nameAt(m, 'agent'), nameAt(m, 'user'), nameAt(m, 'group')];
  const fields = m.texts('fields');
  return {
    sentence: fill(template, {
      agent: person(agent),
      user: person(user),
      group,
      fields: fields.join(', '),
      status: nameAt(m, 'status'),
    }),
    picture: agent ? avatarOrMachine(agent) : null,
    agent: agent ?? null,
    people: [agent, user],
    groups: [group],
    objects: [user && whole`users/${user}`, group && whole`groups/${group}`],
  };
}

function describeSchema(m: Subject): Said | undefined {
  const agent = m.text('msg.agent');
  const user = m.text('msg.user');
  const group = m.text('msg.group');
  if (!agent && !user) return undefined;
  const count = m.list('msg.fields').length;
  const isOwn = agent === user;
  const templates: Record<string, string> = {
    ...schemaSentences,
    'user.create': isOwn
      ? '{agent} created a new Fedora Account'
      : '{agent} created a new Fedora Account for {user}',
    'user.update': isOwn
      ? '{agent} edited {count} details of their Fedora Account'
      : "{agent} edited {count} details of {user}'s Fedora Account",
  };
  const template = templates[m.kind.slice('fas.'.length)];
  return {
    sentence: fill(template, { agent: person(agent), user: person(user), group, count }),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [agent, user],
    groups: [group],
    objects: [user && whole`users/${user}`, group && whole`groups/${group}`],
    body: count > 0 ? `Details changed:\n${m.texts('msg.fields').join('\n')}` : null,
  };
}

export const fas: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
