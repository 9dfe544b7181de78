// MBS: builds of modules.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

export const mbs: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/modularity.png',
  fedmsg: (m) => {
    const owner = m.text('owner');
    const name = m.text('name');
    const id = m.text('id');
    return {
      sentence: fill("{owner}'s build of modules/{name} entered the {state} state.", {
        owner: person(owner),
        name,
        state: m.text('state_name'),
      }),
      link: id ? whole`https://mbs.fedoraproject.org/module-build-service/1/module-builds/${id}` : null,
      picture: owner ? avatarOrMachine(owner) : null,
      agent: owner ?? null,
      objects: [name],
      touches: name ? [`project:modules/${name}`] : [],
    };
  },
};
