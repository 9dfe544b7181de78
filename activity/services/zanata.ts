import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

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
      link: whole`https://fedora.zanata.org/iteration/view/${object}`,
      picture: zanataIcon,
      agent: null,
      objects: [object],
    };
  },
};
