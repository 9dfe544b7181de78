// Images in clouds (fedimg) and the two-week Atomic releases.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';

const details = '({ami}, {virt}, {vol})';
const sentences: [string, string | Record<string, string>][] = [
  [
    'image.upload',
    {
      started: '{image} started uploading to {dest}',
      completed: `{image} finished uploading to {dest} ${details}`,
      failed: '{image} failed to upload to {dest}',
    },
  ],
  [
    'image.test',
    {
      started: `{image} started testing on {dest} ${details}`,
      completed: `{image} finished testing on {dest} ${details}`,
      failed: `{image} failed testing on {dest} ${details}`,
    },
  ],
  ['image.publish', `{image} published in region, {dest} ${details}`],
  ['image.copy', `{image} copied to {dest} using source image, {source} ${details}`],
];

export const fedimg: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/fedimg.png',
  fedmsg: (m) => {
    const status = m.text('status') ?? '';
    const [event = '', known] = sentences.find(([start]) => m.kind.includes(start)) ?? [];
    const template = typeof known === 'string' ? known : known?.[status];
    // As the reference writes what a message leaves out.
    const extra = (field: string) => m.text(`extra.${field}`) ?? 'None';
    return {
      sentence: fill(template, {
        image: m.text('image_name'),
        dest: m.text('destination'),
        ami: extra('id'),
        virt: extra('virt_type'),
        vol: extra('vol_type'),
        source: extra('source_image_id'),
      }),
      agent: null,
      objects: typeof known === 'object' ? [`${event.replace('.', '/')}/${status}`] : [],
    };
  },
};

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
      objects: isByArch ? Object.keys(m.body) : images.map((key) => `${m.text(`${key}.release`)}/${key}`),
    };
  },
};
