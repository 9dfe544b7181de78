// Builds of modules (MBS) and composes on demand (ODCS).
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';

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
      link: id ? `https://mbs.fedoraproject.org/module-build-service/1/module-builds/${id}` : null,
      picture: owner ? avatarOrMachine(owner) : null,
      agent: owner ?? null,
      objects: [name],
      touches: name ? [`project:modules/${name}`] : [],
    };
  },
};

export const odcs: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/odcs.png',
  fedmsg: (m) => {
    const owner = m.text('compose.owner');
    const id = m.text('compose.id');
    return {
      sentence: fill("{owner}'s compose {compose} entered the {state} state.", {
        owner: person(owner),
        compose: m.firstText('compose.pungi_compose_id', 'compose.id'),
        state: m.text('compose.state_name'),
      }),
      link: id ? `https://odcs.fedoraproject.org/api/1/composes/${id}` : null,
      picture: owner ? avatarOrMachine(owner) : null,
      agent: owner ?? null,
      objects: [id],
    };
  },
};
