// The two-week Atomic releases.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

export const releng: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/atomic.png',
  fedmsg: (m) => {
    const isByArch = m.at('x86_64') !== undefined;
    const release = m.text(isByArch ? 'x86_64.atomic_raw.release' : 'atomic_raw.release') ?? '';
    const template = {
      begin:
        'Release engineering scripts started evaluating a new set of builds for a Fedora {release} Atomic Host release',
      complete: 'A new release of Fedora {release} Atomic Host is ready',
    }[m.action];
    const images = Object.keys(m.body).filter((key) => key.startsWith('atomic_'));
    return {
      sentence: m.kind.includes('atomic.twoweek') && template ? fill(template, { release }) : undefined,
      link: 'https://download.fedoraproject.org/pub/alt/atomic/stable/',
      picture: 'https://apps.fedoraproject.org/img/icons/atomic.png',
      agent: null,
      objects: isByArch
        ? Object.keys(m.body)
        : images.map((key) => whole`${m.text(`${key}.release`)}/${key}`),
    };
  },
};
