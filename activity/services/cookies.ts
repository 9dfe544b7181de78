// Cookies that people give each other in chat, on IRC and on Matrix.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';

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
      link: recipient ? `https://badges.fedoraproject.org/user/${recipient}` : null,
      icon: agent ? avatarOrMachine(agent) : null,
      picture: recipient ? avatarOrMachine(recipient) : null,
      agent: agent ?? null,
      people: [agent, recipient],
      objects: recipient ? [`karma/${recipient}`] : [],
    };
  },
};

export const maubot: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/maubot-fedora.png',
  schema: (m) => {
    const [agent, recipient] = [m.text('sender'), m.text('recipient')];
    const total = m.text('total');
    return {
      sentence: fill('{agent} gave a cookie to {recipient}', {
        agent: person(agent),
        recipient: recipient && person(recipient),
      }),
      picture: agent ? avatarOf(agent) : null,
      agent: agent ?? null,
      people: [agent, recipient],
      objects: recipient ? [`karma/${recipient}`] : [],
      body: total ? `They now have ${total} cookie(s)` : null,
    };
  },
};
