// Composes of whole releases, by the release engineers' scripts.
import type { Service, Subject } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

/** Steps of a compose, by a part of the topic. `respin`: made after a release, for the images alone. */
const steps: { in: string; text: string; respin?: true; old?: true }[] = [
  { in: '.make-updates.', text: '', respin: true, old: true },
  { in: '.cloudimg-build.', text: ' building images for', respin: true, old: true },
  { in: '.mash-atomic', text: ' Atomic updates mash for', respin: true, old: true },
  { in: '.atomic-lorax', text: ' Atomic lorax run for', respin: true, old: true },
  { in: '.cloudimg-checksum.', text: ' image checksum generation for', respin: true, old: true },
  { in: '.cloudimg-staging.', text: ' master mirror publication for', respin: true, old: true },
  { in: '.mash.', text: ' mashing', old: true },
  { in: '.pungify.', text: ' building boot.iso for', old: true },
  { in: '.image.', text: ' building other images for', old: true },
  { in: '.rsync.', text: ' master mirror publication for' },
];

const done: Record<string, string> = {
  start: 'Started',
  complete: 'Completed',
  done: 'Completed',
  stop: 'Completed',
};

const capitalize = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `20`, `Rawhide`; old messages name it only in the topic. */
function releaseOf(m: Subject): string {
  const branch = m.text('branch');
  if (branch !== undefined) return capitalize(branch.split('Modular-').at(-1) ?? branch);
  const words = m.topic.split('.');
  if (words.includes('rawhide')) return 'Rawhide';
  if (words.includes('epelbeta')) return 'EPEL Beta';
  return words.find((word) => /^\d\d$/.test(word)) ?? '(unknown release)';
}

/** The kind of compose; before messages said it, some were ambiguous. */
function shortOf(m: Subject, release: string, isOld: boolean): string {
  const short = m.text('short');
  if (short !== undefined) return short;
  const isOpen = m.at('compose_id') === undefined && !m.firstText('arch') && !m.topic.includes('branched');
  if (/^\d+$/.test(release) && !isOld && isOpen)
    return 'Fedora, Fedora-Atomic, Fedora-Cloud or Fedora-Docker';
  return m.text('branch')?.toLowerCase().includes('modular') ? 'Fedora-Modular' : 'Fedora';
}

export const compose: Service = {
  icon: null,
  fedmsg: (m) => {
    const step = steps.find((one) => m.topic.includes(one.in));
    const release = releaseOf(m);
    const arch = m.firstText('arch');
    const kind = step?.respin ? 'post-release Cloud/Atomic/Docker respin compose' : 'compose';
    const id = m.firstText('compose_id');
    return {
      sentence: fill('{did}{step} {short} {release}[ ({arch})] {kind}[ {id}]', {
        did: done[m.action] ?? 'Did something to do with',
        step: step?.text ?? '',
        short: shortOf(m, release, step?.old ?? false),
        release,
        arch,
        kind,
        id,
      }),
      link: m.text('location') ?? 'https://kojipkgs.fedoraproject.org/compose/',
      agent: null,
      objects: [whole`${m.kind.split('.')[1]}/${arch ?? 'primary'}`],
    };
  },
};
