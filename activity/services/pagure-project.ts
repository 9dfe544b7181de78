// Which project a Pagure message is about.
import type { Subject } from '../rule.ts';

export interface Project {
  name: string;
  namespace: string | undefined;
  /** `namespace/name`; a fork is `fork/<user>/<name>`. */
  fullname: string;
}

/** Pull requests stand in the body under names that changed over time. */
export const requestPath = (m: Subject): string =>
  ['pullrequest', 'pull_request', 'pull-request', 'request'].find((path) => m.at(path) !== undefined) ??
  'pullrequest';

export function projectAt(m: Subject, path: string): Project | undefined {
  const name = m.text(`${path}.name`);
  if (!name) return undefined;
  const namespace = m.firstText(`${path}.namespace`);
  const whole = namespace ? `${namespace}/${name}` : name;
  const owner = m.at(`${path}.parent`) ? m.text(`${path}.user.name`) : undefined;
  return { name, namespace, fullname: owner ? `fork/${owner}/${whole}` : whole };
}

export function projectOf(m: Subject): Project | undefined {
  const request = requestPath(m);
  for (const path of [`${request}.project`, 'project', 'repo', 'commit.repo', request]) {
    const project = projectAt(m, path);
    if (!project) continue;
    return { ...project, fullname: m.text(`${path}.fullname`) ?? project.fullname };
  }
  return undefined;
}
