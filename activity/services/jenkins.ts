import type { Service } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

const buildWords: Record<string, string> = {
  failed: 'failed to build',
  passed: 'built successfully',
  unstable: 'built with warnings',
  notbuilt: 'did not build',
  aborted: 'build aborted',
  start: 'started building',
  unknown: 'entered an unknown state',
};

export const jenkins: Service = {
  icon: 'https://wiki.jenkins-ci.org/download/attachments/2916393/logo.png?version=1',
  fedmsg: (m) => {
    const project = m.text('project');
    const build = m.text('build');
    return {
      sentence: fill("Jenkins project '{project}' {what}", { project, what: buildWords[m.action] }),
      link: project && build ? whole`http://jenkins.cloud.fedoraproject.org/job/${project}/${build}/` : null,
      agent: null,
      objects: [whole`jenkins/${project}/${m.kind.split('.').slice(-2).join('.')}`],
    };
  },
};
