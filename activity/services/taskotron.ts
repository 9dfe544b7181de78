// Taskotron: results of tests of builds and updates.
import { packageIcon } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, rpm } from '../sentence.ts';
import { packageOf, whole } from '../words.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

export const taskotron: Service = {
  icon: `${icons}/taskotron.png`,
  fedmsg: (m) => {
    const item = m.text('task.item');
    const packages = item && m.text('task.type') === 'koji_build' ? [packageOf(item)] : [];
    const [first] = packages;
    return {
      sentence: fill('{task} {outcome} for {item}', {
        task: m.text('task.name') ?? '',
        outcome: m.text('result.outcome') ?? '',
        item: rpm(first, item),
      }),
      link: m.text('result.log_url'),
      picture: first ? packageIcon(first) : `${icons}/taskotron.png`,
      agent: null,
      packages,
      objects: packages.map(
        (name) => whole`${m.text('task.name') ?? ''}/${name}/${m.text('result.outcome') ?? ''}`,
      ),
    };
  },
};
