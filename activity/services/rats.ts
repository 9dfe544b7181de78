// Rats: tests that people ask to be run again.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';
import { projectAt } from './pagure-project.ts';

const tests: [string, string, string][] = [
  ['rats.test.taskotron', "taskotron's {test}", 'taskotron'],
  ['rats.test.atomic-ci', 'atomic-ci', 'AtomicCI'],
];

export const rats: Service = {
  icon: 'https://apps.fedoraproject.org/packages/images/icons/package_128x128.png',
  fedmsg: (m) => {
    const user = m.text('agent');
    const picture = user ? avatarOrMachine(user) : null;
    if (m.kind.startsWith('rats.test.simple-koji-ci')) {
      const project =
        projectAt(m, 'pull_request')?.fullname ?? projectAt(m, 'pull_request.project')?.fullname;
      const id = m.text('pull_request.id');
      const host = m.isStaging ? 'https://src.stg.fedoraproject.org' : 'https://src.fedoraproject.org';
      const linked = projectAt(m, 'pull_request.project')?.fullname ?? project;
      return {
        sentence: fill('{user} requested a run of simple-koji-ci on "{project}/pull-request/{id}"', {
          user: person(user),
          project,
          id,
        }),
        link: linked ? whole`${host}/${linked}/pull-request/${id}` : null,
        picture,
        agent: user ?? null,
        objects: [whole`simple-koji-ci/${project}/pull-request/${id}`],
        touches: linked ? [`project:${linked}`] : [],
      };
    }
    const [, what, folder] = tests.find(([start]) => m.kind.startsWith(start)) ?? [];
    const target = m.firstText('identifier');
    const result = m.text('result_id');
    const tool = target ? what : what?.split("'")[0];
    const path = folder === 'taskotron' ? whole`taskotron/${m.text('test')}` : folder;
    return {
      sentence:
        (tool &&
          fill(
            target
              ? `{user} requested a run of ${tool} on "{target}"`
              : `{user} requested a run of ${tool} on resultsdb's result id: "{result}"`,
            { user: person(user), test: m.text('test'), target, result },
          )) ||
        undefined,
      picture,
      agent: user ?? null,
      objects: [target ? whole`${path}/${target}` : whole`${folder}/resultsdb/${result}`],
    };
  },
};
