// Summershum: digests of the files in uploaded sources.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, rpm } from '../sentence.ts';
import { whole } from '../words.ts';

const verbs: Record<string, string> = {
  fail: 'yikes!  summershum failed to process {file} for {name}',
  complete: 'summershum ingested {file} for {name}',
  start: 'summershum started working on {file} for {name}',
};

export const summershum: Service = {
  icon: 'https://raw.githubusercontent.com/fedora-infra/summershum/develop/summershum.png',
  fedmsg: (m) => {
    const [agent, name, file] = [
      m.text('original.agent'),
      m.text('original.name'),
      m.text('original.filename'),
    ];
    const sum = m.text('original.md5sum');
    const template = verbs[m.action];
    return {
      sentence: fill(template, { file, name: rpm(name) }),
      link: whole`http://pkgs.fedoraproject.org/lookaside/pkgs/${m.text('original.path') ?? whole`${name}/${file}/${sum}/${file}`}`,
      picture: agent ? avatarOrMachine(agent) : null,
      agent: agent ?? null,
      packages: [name],
      objects: [whole`digests/${name}/${file}/${sum}`],
    };
  },
};
