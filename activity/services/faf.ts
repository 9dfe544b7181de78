// ABRT's server: crashes that many people had.
import { packageIcon } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, joinedBy, rpm } from '../sentence.ts';

export const faf: Service = {
  icon: packageIcon('abrt'),
  fedmsg: (m) => {
    const packages = m.texts('components');
    const [first] = packages;
    const thing = m.kind.includes('problem.threshold') ? 'problem' : 'report';
    return {
      sentence: fill(`ABRT ${thing} for package {packages} has reached {count} occurrences`, {
        packages: joinedBy(
          packages.flatMap((name) => rpm(name) ?? []),
          ', ',
        ),
        count: m.text('count'),
      }),
      link: m.text('url'),
      picture: first ? packageIcon(first) : null,
      agent: null,
      people: m.texts('maintainers'),
      packages,
      body: `Packages: ${packages.join(', ')}
Function: ${m.text('function') ?? 'unknown'}
First occurrence: ${m.text('first_occurrence') ?? 'unknown'}
Type:     ${m.text('type') ?? 'unknown'}
Count:    ${m.text('count') ?? 'unknown'}
URL:      ${m.text('url') ?? 'none'}
`,
    };
  },
};
