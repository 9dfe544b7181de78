// Pungi: composes of whole releases, step by step.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

const statuses: Record<string, string> = {
  STARTED: 'started',
  FINISHED: 'just finished',
  DOOMED: 'failed in a horrible fire',
  TERMINATED: 'was terminated',
};

const pungiSentences: Record<string, string> = {
  'status.change': 'pungi-koji compose of {compose} {status}',
  'phase.start': 'pungi-koji started the {phase} phase of the {compose} compose',
  'phase.stop': 'pungi-koji finished the {phase} phase of the {compose} compose',
  'createiso.imagedone': 'pungi-koji finished createiso for {image}',
  'createiso.imagefail': 'pungi-koji createiso for {image} failed!',
  'createiso.targets': 'pungi-koji assigned {count} createiso targets',
  ostree: 'pungi-koji ostree compose {compose} produced ostree commit {commit} for {arch} {ref}',
  'fail.to.start': 'failed to compose from {config}: "{detail}"',
};

const trim = (path: string) => path.replace(/^\/+|\/+$/g, '');

export const pungi: Service = {
  icon: 'https://apps.fedoraproject.org/img/icons/pungi.png',
  fedmsg: (m) => {
    const template = pungiSentences[m.kind.slice('pungi.compose.'.length)];
    const status = m.text('status');
    const file = m.text('file');
    const targets = m.texts('deliverables');
    const id = m.text('compose_id');
    const location = m.text('location');
    return {
      sentence: fill(template, {
        compose: id,
        status: statuses[status ?? ''] ?? status,
        phase: m.text('phase_name'),
        image: file?.split('compose/').at(-1),
        count: targets.length,
        commit: m.text('commitid'),
        arch: m.text('arch'),
        ref: m.text('ref'),
        config: m.text('config'),
        detail: m.text('detail'),
      }),
      link: location && withoutCompose(location),
      agent: null,
      objects:
        targets.length > 0
          ? targets.map(trim)
          : [file ? trim(file) : id && whole`rawhide/${id.replaceAll('.', '/')}`],
    };
  },
};

const withoutCompose = (location: string) => trim(location).replace(/\/compose$/, '');
