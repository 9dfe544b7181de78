// Checks of Packit's builds: Log Detective reads the logs of failed builds, Open Scan Hub scans for defects.
import type { Service } from '../rule.ts';
import { fill, type Value } from '../sentence.ts';

const linked = (url: string | undefined): Value =>
  url && { type: 'link', text: url.replace(/^https?:\/\//, ''), href: url };

export const logdetective: Service = {
  icon: null,
  schema: (m) => {
    const project = m.text('project_url');
    return {
      sentence: fill('Log Detective {did} {system} build {build}[ for {project}][ pull request #{id}]', {
        did: m.text('status') === 'error' ? 'could not analyse' : 'analysed',
        system: m.text('build_system'),
        build: m.text('target_build'),
        project: linked(project),
        id: m.firstText('pr_id'),
      }),
      link: project && m.text('pr_id') ? `${project}/pull-request/${m.text('pr_id')}` : project,
      agent: null,
      objects: [`builds/${m.text('target_build')}`],
      body: m.firstText('log_detective_response.explanation.text', 'error_msg'),
    };
  },
};

export const openscanhub: Service = {
  icon: null,
  schema: (m) => {
    const id = m.text('task_id');
    return {
      sentence: fill('Open Scan Hub task {id} {status}', {
        id,
        status: m.kind.endsWith('started')
          ? 'started'
          : `finished${m.text('status') === 'success' ? '' : ` with status ${m.text('status')}`}`,
      }),
      link: null,
      agent: null,
      objects: [`tasks/${id}`],
    };
  },
};
