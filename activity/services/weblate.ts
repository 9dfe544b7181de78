// Weblate: translations since 2020.
import { avatarOf } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

export const weblate: Service = {
  icon: null,
  schema: (m) => {
    const user = m.firstText('user', 'author');
    return {
      sentence: fill('{user}: {action}[ in {component}][ ({language})]', {
        user: user ? person(user) : 'Weblate',
        action: m.text('action'),
        component: [m.text('project'), m.text('component')].filter(Boolean).join('/') || undefined,
        language: m.firstText('translation'),
      }),
      link: m.text('url'),
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      objects: m.text('project') ? [whole`projects/${m.text('project')}`] : [],
      touches: m.text('project') ? [`project:${m.text('project')}`] : [],
    };
  },
};
