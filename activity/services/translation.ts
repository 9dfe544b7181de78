// Translations: Zanata until 2020, Weblate since.
import { avatarOf } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';

const zanataIcon =
  'https://pbs.twimg.com/profile_images/378800000417679469/47eb45c6205aa9f2cdb8705e6d46745c_normal.png';

export const zanata: Service = {
  icon: zanataIcon,
  fedmsg: (m) => {
    const lower = (path: string) => m.text(path)?.toLowerCase();
    const object = ['project', 'version']
      .map((path) => m.text(path))
      .concat('languages', m.text('locale'))
      .join('/');
    return {
      sentence: fill("{doc} from the {project} project is now {milestone} in the '{locale}' locale", {
        doc: lower('docId'),
        project: lower('project'),
        milestone: lower('milestone'),
        locale: lower('locale'),
      }),
      link: `https://fedora.zanata.org/iteration/view/${object}`,
      picture: zanataIcon,
      agent: null,
      objects: [object],
    };
  },
};

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
      objects: m.text('project') ? [`projects/${m.text('project')}`] : [],
      touches: m.text('project') ? [`project:${m.text('project')}`] : [],
    };
  },
};
