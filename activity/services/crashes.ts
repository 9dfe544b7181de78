// ABRT's server (FAF): crashes that many people had. And Summershum, digests of sources.
import { avatarOrMachine, packageIcon } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, joinedBy, rpm } from '../sentence.ts';

export const faf: Service = {
  icon: packageIcon('abrt'),
  fedmsg: (m) => {
    const packages = m.texts('components');
    const [first] = packages;
    const thing = m.kind.includes('problem.threshold') ? 'problem' : 'report';
    return {
      sentence: fill(`ABRT ${thing} for package {packages} has reached {count} occurrences`, {
        packages: joinedBy(
          packages.flatMap((name) => rpm(name) ?? []),
          ', ',
        ),
        count: m.text('count'),
      }),
      link: m.text('url'),
      picture: first ? packageIcon(first) : null,
      agent: null,
      people: m.texts('maintainers'),
      packages,
      body: `Packages: ${packages.join(', ')}
Function: ${m.text('function') ?? 'unknown'}
First occurrence: ${m.text('first_occurrence') ?? 'unknown'}
Type:     ${m.text('type') ?? 'unknown'}
Count:    ${m.text('count') ?? 'unknown'}
URL:      ${m.text('url') ?? 'none'}
`,
    };
  },
};

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
      link: `http://pkgs.fedoraproject.org/lookaside/pkgs/${m.text('original.path') ?? `${name}/${file}/${sum}/${file}`}`,
      picture: agent ? avatarOrMachine(agent) : null,
      agent: agent ?? null,
      packages: [name],
      objects: [`digests/${name}/${file}/${sum}`],
    };
  },
};
