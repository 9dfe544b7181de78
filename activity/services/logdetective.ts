// Log Detective reads the logs of failed builds.
import type { Service } from '../rule.ts';
import { fill, type Value } from '../sentence.ts';
import { whole } from '../words.ts';

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
      link: project && m.text('pr_id') ? whole`${project}/pull-request/${m.text('pr_id')}` : project,
      agent: null,
      objects: [whole`builds/${m.text('target_build')}`],
      body: m.firstText('log_detective_response.explanation.text', 'error_msg'),
    };
  },
};
