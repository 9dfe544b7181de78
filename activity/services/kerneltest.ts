// Kernel tests that people run on their machines.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icons = 'https://apps.fedoraproject.org/img/icons';

export const kerneltest: Service = {
  icon: `${icons}/tux.png`,
  schemaIcon: `${icons}/kerneltest.png`,
  fedmsg: (m) => {
    const version = m.text('test.kernel_version');
    const user = m.text('agent');
    const template = version
      ? '{user} ran a test of {version} ({result})'
      : m.kind.endsWith('release.edit')
        ? '{user} edited the {release}-{support} release for kerneltest'
        : '{user} added a new release for kerneltest: {release} {support}';
    return {
      sentence: fill(template, { ...kernelValues(m), result: m.text('test.result') }),
      link: whole`https://apps.fedoraproject.org/kerneltest/${version ? `kernel/${version}` : 'stats'}`,
      picture: user ? avatarOrMachine(user) : null,
      agent: user ?? null,
      packages: ['kernel'],
      objects: [
        version
          ? whole`kernel/${version}`
          : whole`release/${m.text('release.releasenum')}/${m.text('release.support')}`,
      ],
    };
  },
  schema: (m) => {
    const user = m.text('agent');
    const template = {
      'kerneltest.upload.new': '{user} uploaded new kernel test results for {version}',
      'kerneltest.release.new': '{user} created a new release {release} with status {support}',
      'kerneltest.release.edit': '{user} edited release {release} with status {support}',
    }[m.kind];
    return {
      sentence: fill(template, kernelValues(m)),
      picture: user ? avatarOf(user) : null,
      agent: user ?? null,
      people: [],
      touches: ['package:kernel'],
    };
  },
};

const kernelValues = (m: Subject) => ({
  user: person(m.text('agent')),
  version: m.text('test.kernel_version'),
  release: m.text('release.releasenum'),
  support: m.text('release.support'),
});
