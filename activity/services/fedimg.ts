// Fedimg: images brought into clouds.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

const details = '[ ({ami}, {virt}, {vol})]';

const sentences: [string, string | Record<string, string>][] = [
  [
    'image.upload',
    {
      started: '{image} started uploading to {dest}',
      completed: `{image} finished uploading to {dest}${details}`,
      failed: '{image} failed to upload to {dest}',
    },
  ],
  [
    'image.test',
    {
      started: `{image} started testing on {dest}${details}`,
      completed: `{image} finished testing on {dest}${details}`,
      failed: `{image} failed testing on {dest}${details}`,
    },
  ],
  ['image.publish', `{image} published in region, {dest}${details}`],
  ['image.copy', `{image} copied to {dest} using source image, {source}${details}`],
];

export const fedimg: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/fedimg.png',
  fedmsg: (m) => {
    const status = m.text('status') ?? '';
    const [event = '', known] = sentences.find(([start]) => m.kind.includes(start)) ?? [];
    const template = typeof known === 'string' ? known : known?.[status];
    const extra = (field: string) => m.text(`extra.${field}`);
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
      objects: typeof known === 'object' ? [whole`${event.replace('.', '/')}/${status}`] : [],
    };
  },
};
