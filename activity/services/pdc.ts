// The Product Definition Center: what composes contain.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

export const pdc: Service = {
  icon: null,
  fedmsg: (m) => {
    const id = m.text('compose_id');
    const template = {
      rpms: 'PDC imported metadata for {count} {attribute} for the {id} {type} compose',
      images: 'PDC imported metadata for {count} {attribute} for the {id} {type} compose',
      compose: 'An entry for the {id} {type} compose was created in the Product Definition Center',
    }[m.action];
    return {
      sentence:
        template === undefined
          ? fill('Unhandled PDC message...', {})
          : fill(template, {
              count: m.text('count'),
              attribute: m.text('attribute'),
              id,
              type: m.text('compose_type'),
            }),
      link: id ? whole`https://pdc.fedoraproject.org/rest_api/v1/composes/${id}/` : null,
      agent: null,
      objects: [whole`${id}/${m.text('action')}/${m.action}`],
    };
  },
};
