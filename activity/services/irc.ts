// Karma that people give each other on IRC.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

export const irc: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/meetbot.png',
  fedmsg: (m) => {
    const [agent, recipient] = [m.text('agent'), m.text('recipient')];
    const what = m.at('vote') === 1 ? 'a karma cookie' : 'negative karma';
    return {
      sentence: fill(`{agent} gave {recipient}({total}) ${what}[ in {channel}][.  "{line}"]`, {
        agent: person(agent),
        recipient: recipient && person(recipient),
        total: m.text('total'),
        channel: m.text('channel'),
        line: m.text('line'),
      }),
      link: recipient ? whole`https://badges.fedoraproject.org/user/${recipient}` : null,
      icon: agent ? avatarOrMachine(agent) : null,
      picture: recipient ? avatarOrMachine(recipient) : null,
      agent: agent ?? null,
      people: [agent, recipient],
      objects: recipient ? [whole`karma/${recipient}`] : [],
    };
  },
};
