// Meetings in chat rooms and what was noted in them.
import { isRecord } from '../../bus/bad-message.ts';
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import { text } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/meetbot.png';
/** The bot itself attends every meeting. */
const bots = ['zodbot'];

const actions: Record<string, string> = {
  agreed: 'noted agreement',
  accepted: 'accepted an item',
  rejected: 'rejected an item',
  action: 'noted an action',
  info: 'raised a point of information',
  idea: 'proposed an idea',
  help: 'called for help',
  link: 'linked to more information',
};

function templateOf(m: Subject, isNamed: boolean): string | undefined {
  if (m.kind.startsWith('meetbot.meeting.start'))
    return isNamed
      ? '{owner} started meeting "{name}" in {channel}'
      : '{owner} started a meeting in {channel}';
  if (m.kind.startsWith('meetbot.meeting.complete'))
    return isNamed
      ? '{owner}\'s meeting titled "{name}" ended in {channel}'
      : "{owner}'s meeting ended in {channel}";
  if (m.kind.startsWith('meetbot.meeting.topic.update'))
    return isNamed
      ? 'The topic of {owner}\'s "{name}" meeting changed to "{topic}" in {channel}'
      : 'The topic of {owner}\'s meeting changed to "{topic}" in {channel}';
  if (m.kind.startsWith('meetbot.meeting.item.'))
    return isNamed
      ? '{agent} {action} in the "{name}" meeting in {channel}: "{line}"'
      : '{agent} {action} in a meeting in {channel}: "{line}"';
  return undefined;
}

const personOrNull = (m: Subject, nick: string | undefined) => (nick ? m.personOf(nick) : undefined);

function describeFedmsg(m: Subject): Said | undefined {
  const name = m.firstText('meeting_topic');
  const channel = m.text('channel');
  const template = templateOf(m, name !== undefined);
  // Meetings of today have a name and a location instead.
  if (!template || channel === undefined) return undefined;
  const owner = personOrNull(m, m.text('owner'));
  const nick = personOrNull(m, m.text('details.nick'));
  const line = m.text('details.line');
  const attendees = Object.keys(m.record('attendees'))
    .filter((who) => !bots.includes(who))
    .map((who) => m.personOf(who));
  const topic = m.firstText('topic');
  const agent = nick ?? owner;
  return {
    sentence: fill(template, {
      owner: person(owner),
      agent: person(nick),
      name,
      channel,
      topic: m.text('topic') ?? 'no topic',
      action: actions[m.action] ?? 'noted something',
      line,
    }),
    link: linkOf(m, line),
    picture: agent ? avatarOrMachine(agent) : null,
    agent: agent ?? null,
    people: attendees,
    // Whoever attends is not addressed by each line; whom the line names is.
    bystanders: m.action === 'complete' ? [] : attendees.filter((who) => !namesPerson(line, who)),
    objects: [
      ...attendees.map((who) => whole`attendees/${who}`),
      whole`channels/${channel}`,
      ...(name ? [whole`titles/${name}`] : []),
      ...(topic ? [whole`topics/${topic}`] : []),
    ],
    touches: [`room:${channel}`, ...(name ? [`meeting:${name}` as const] : [])],
  };
}

const namesPerson = (line: string | undefined, name: string) => (line ?? '').split(/[^\w.-]+/).includes(name);

function linkOf(m: Subject, line: string | undefined): string | undefined {
  if (m.kind.startsWith('meetbot.meeting.complete')) {
    const url = m.text('url');
    return url && `${url.replace('http://', 'https://')}.html`;
  }
  if (!m.kind.startsWith('meetbot.meeting.item.link')) return undefined;
  return /https?:\/\/[a-z0-9.:].*?(?=[ $])/.exec(line ?? '')?.[0];
}

function describeSchema(m: Subject): Said | undefined {
  const name = m.text('meeting_name');
  const location = m.text('location');
  const isEnd = m.kind === 'meetbot.meeting.complete';
  if (name === undefined) return undefined;
  const agent = m.text(isEnd ? 'end_user' : 'start_user');
  const attendees = m.texts('attendees', 'name');
  const said = m.list('attendees').filter(isRecord);
  return {
    sentence: fill(
      isEnd ? "Meeting '{name}'[ in {location}] finished" : "Meeting '{name}' started[ in {location}]",
      { name, location },
    ),
    link: m.text('url'),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: isEnd ? [...m.texts('chairs'), agent, ...attendees] : [agent],
    objects: [...attendees.map((who) => whole`attendees/${who}`), whole`titles/${name}`],
    touches: [`meeting:${name}`, ...(location ? [`room:${location}` as const] : [])],
    body: said
      .flatMap((one) => whole`${text(one, 'name')}: ${text(one, 'lines_said')} lines said` ?? [])
      .join('\n'),
  };
}

export const meetbot: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
