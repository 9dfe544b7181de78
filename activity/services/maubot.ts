// Cookies that people give each other on Matrix.
import { avatarOf } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

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
      objects: recipient ? [whole`karma/${recipient}`] : [],
      body: total ? `They now have ${total} cookie(s)` : null,
    };
  },
};
