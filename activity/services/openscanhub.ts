// Open Scan Hub scans builds for defects.
import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

export const openscanhub: Service = {
  icon: null,
  schema: (m) => {
    const id = m.text('task_id');
    return {
      sentence: fill('Open Scan Hub task {id} {status}', {
        id,
        status: m.kind.endsWith('started')
          ? 'started'
          : whole`finished${m.text('status') === 'success' ? '' : (whole` with status ${m.text('status')}` ?? '')}`,
      }),
      link: null,
      agent: null,
      objects: [whole`tasks/${id}`],
    };
  },
};
