// Notifications' settings. Only who changed them, never what they ask for.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';

const words: Record<string, string> = { batch_values: 'digest options', details: 'delivery details' };

function describe(m: Subject): Said | undefined {
  const user = m.text('openid')?.split('.')[0];
  const context = m.text('context');
  const changed = m.text('changed');
  if (user === undefined) return undefined;
  const templates: [string, string][] = [
    ['fmn.confirmation.update', "the {changed} of one of {user}'s pending confirmations changed"],
    ['fmn.rule.update', '{user} updated the {changed} on a fmn {context} rule'],
    ['fmn.filter.update', '{user} updated the {changed} on a fmn {context} filter'],
    [
      'fmn.preference.update',
      changed === 'enabled'
        ? '{user} toggled their flow of {context} messages'
        : '{user} updated their {context} {setting}',
    ],
  ];
  const template = templates.find(([start]) => m.kind.startsWith(start))?.[1];
  return {
    sentence: fill(template, {
      user: person(user),
      context,
      changed,
      setting: words[changed ?? ''] ?? changed,
    }),
    link: 'https://apps.fedoraproject.org/notifications/',
    picture: avatarOrMachine(user),
    agent: user,
    objects: [[user, context, m.kind.split('.').at(-2), changed].join('/')],
  };
}

/** Today's classes say only their topic. */
const describeSchema = (m: Subject): Said => ({
  sentence: m.schema ? fill('{topic}', { topic: m.topic }) : undefined,
  agent: m.firstText('user.name', 'user') ?? null,
  people: [],
});

export const fmn: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/fedmsg.png',
  fedmsg: describe,
  schema: describeSchema,
};
