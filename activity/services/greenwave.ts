// Greenwave: decisions whether what was tested may pass.
import { packageIcon } from '../avatar.ts';
import { text } from '../read.ts';
import type { Service, Subject } from '../rule.ts';
import { fill, rpm } from '../sentence.ts';
import { packageOf } from '../words.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

export const greenwave: Service = {
  icon: `${icons}/greenwave.png`,
  fedmsg: (m) => {
    // The field was misspelt for a while.
    const satisfied = m.at('policies_satisfied') ?? m.at('policies_satisified');
    const subject = m.list('subject');
    const items = subject.flatMap((one) => text(one, 'item') ?? []);
    const builds = subject
      .filter((one) => text(one, 'type') === 'koji_build')
      .flatMap((one) => text(one, 'item') ?? []);
    const packages = builds.map(packageOf).sort();
    const item = m.firstText('subject_identifier') ?? items[0];
    const [first] = packages;
    return {
      sentence: fill('greenwave {decision} on {item} for "{context}" ({version})', {
        decision: satisfied ? 'is a GO' : 'says NO-GO',
        item: item === undefined ? '"something"' : builds.includes(item) ? rpm(packageOf(item), item) : item,
        context: m.text('decision_context'),
        version: m.text('product_version'),
      }),
      link: resultsLink(m),
      picture: first ? packageIcon(first) : null,
      agent: null,
      packages,
    };
  },
};

function resultsLink(m: Subject): string | null | undefined {
  const first = m.record('subject.0');
  const query = Object.entries(first)
    .flatMap(([name]): [string, string][] => {
      const value = text(first, name);
      return value === undefined ? [] : [[name, value]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (query.length === 0) return null;
  return `https://taskotron.fedoraproject.org/resultsdb/results?${new URLSearchParams(query)}`;
}
