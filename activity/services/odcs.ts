// ODCS: composes on demand.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

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
      link: id ? whole`https://odcs.fedoraproject.org/api/1/composes/${id}` : null,
      picture: owner ? avatarOrMachine(owner) : null,
      agent: owner ?? null,
      objects: [id],
    };
  },
};
