// Hubs' own events.
import type { Part } from '../activity.ts';
import { avatarOf } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person, seriesOf, type Value } from '../sentence.ts';
import { whole } from '../words.ts';

const sentences: Record<string, string> = {
  'hubs.user.created': '{user} joined Hubs',
  'hubs.hub.created': '{agent} created the hub {hub}',
  'hubs.hub.updated': '{agent} changed[ {keys} of] the hub {hub}',
  'hubs.widget.updated': '{agent} changed the widget[ "{widget}"] on the hub {hub}',
};

/** Where nobody did it but the operator. */
const agentless: Record<string, string> = {
  'hubs.hub.created': '{hub} has a hub now',
  'hubs.hub.updated': 'the hub {hub} was changed[: {keys}]',
};

/** A role that somebody takes or gives up alone, and one that another gives them. */
const roleSentences: Record<string, { own: Record<string, string>; other: string }> = {
  'hubs.user.role.added': {
    own: {
      stargazer: '{user} starred {hub}',
      subscriber: '{user} follows {hub}',
      member: '{user} joined {hub}',
      owner: '{user} became owner of {hub}',
    },
    other: '{agent} made {user} {role} of {hub}',
  },
  'hubs.user.role.changed': {
    own: { member: '{user} became member of {hub}', owner: '{user} became owner of {hub}' },
    other: "{agent} changed {user}'s role in {hub}[ from {oldRole}] to {role}",
  },
  'hubs.user.role.removed': {
    own: {
      stargazer: '{user} no longer stars {hub}',
      subscriber: '{user} no longer follows {hub}',
      member: '{user} left {hub}',
      owner: '{user} gave up ownership of {hub}',
    },
    other: '{user} is no longer {role} of {hub}[, says {agent}]',
  },
};

/** What a change touched, in words; several keys may be one thing to people. */
const things: Record<string, string> = {
  avatarUrl: 'picture',
  teamKind: 'kind',
  leftWidth: 'layout',
  alertText: 'alert',
  alertColour: 'alert',
  mailingList: 'mailing list',
  meetingName: 'meeting name',
  chatUrl: 'chat room',
  discourseTag: 'Discourse tag',
  membersActivity: 'members’ activity',
  joinMode: 'way to join',
  joinText: 'join process',
  help: 'requests for help',
  archived: 'archived state',
};

/** "the alert and the library" */
export function changedThings(changes: Subject[]): Part[] | undefined {
  const keys = changes.flatMap((m) => m.texts('changed_keys'));
  if (keys.length === 0) return undefined;
  const named = keys.map((key) => (Object.hasOwn(things, key) ? things[key] : key));
  return seriesOf(named.map((thing) => ({ type: 'text', text: `the ${thing}` })));
}

function describe(m: Subject): Said | undefined {
  const name = m.firstText('hub_name');
  const user = m.text('username');
  const agent = m.text('agent') ?? user;
  const role = m.text('role');
  const url = m.firstText('hub_url');
  const type = m.text('hub_type');
  const hub: Part | undefined = !name
    ? undefined
    : type === 'user'
      ? person(name)
      : { type: 'hub', text: name, name };
  const roles = roleSentences[m.kind];
  const isOwn = user !== undefined && (agent === user || m.text('agent') === undefined);
  const template = roles
    ? ((isOwn ? roles.own[role ?? ''] : undefined) ?? roles.other)
    : ((agent ? undefined : agentless[m.kind]) ?? sentences[m.kind]);
  const values: Record<string, Value> = {
    user: person(user),
    agent: person(agent),
    hub,
    role,
    oldRole: m.firstText('old_role'),
    keys: changedThings([m]),
    widget: m.firstText('widget_label'),
  };
  return {
    sentence: fill(template, values),
    link: url,
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [agent, user],
    groups: name && type === 'team' ? [name] : [],
    objects: name ? [whole`hubs/${name}`] : [],
  };
}

export const hubs: Service = { icon: null, schema: describe };
