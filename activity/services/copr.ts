// Copr: builds in people's and groups' own repositories.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { packageOf, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/copr.png';
const results = 'https://copr-be.cloud.fedoraproject.org/results';

const statusWords: Record<string, string> = { 0: 'failed', 1: 'success', 3: 'running', 5: 'skipped' };
const statusNames = [
  'failed',
  'succeeded',
  'canceled',
  'running',
  'pending',
  'skipped',
  'starting',
  'importing',
  'forked',
  'waiting',
];

const sentences: Record<string, { of: string; automated?: string }> = {
  'copr.build.start': {
    of: '{user} started a new build of the {copr} copr',
    automated: 'Automated build of the {copr} copr has been started',
  },
  'copr.build.end': {
    of: "{user}'s {copr} copr build[ of {pkg}] for {chroot} finished with '{status}'",
    automated: "Automated {copr} copr build[ of {pkg}] for {chroot} finished with '{status}'",
  },
  'copr.chroot.start': { of: "{user}'s {copr} copr started a new {chroot} chroot" },
  'copr.worker.create': { of: 'a new worker was created' },
};

/** The package with its version, which some shapes keep apart. */
function buildOf(m: Subject): string | undefined {
  const [pkg, version] = [m.text('pkg'), m.text('version')];
  return pkg && version && !pkg.includes(version) ? `${pkg}-${version}` : pkg;
}

function describeFedmsg(m: Subject): Said | undefined {
  const kinds = sentences[m.kind];
  if (!kinds) return undefined;
  const user = m.text('user');
  const owner = m.text('owner') ?? user;
  const copr = m.text('copr');
  const folder = whole`${owner?.replace(/^@/, 'g/')}/${copr}`;
  const chroot = m.text('chroot');
  const isChroot = m.kind.includes('chroot');
  return {
    sentence: fill(user || !kinds.automated ? kinds.of : kinds.automated, {
      user: person(user),
      copr,
      pkg: buildOf(m),
      chroot,
      status: statusWords[m.text('status') ?? ''] ?? 'unknown',
    }),
    link: isChroot
      ? whole`${results}/${folder}/${chroot}/`
      : m.kind.includes('build')
        ? whole`https://copr.fedoraproject.org/coprs/${folder}/build/${m.text('build')}/`
        : 'https://copr.fedoraproject.org',
    picture: user ? avatarOrMachine(user) : null,
    agent: user ?? null,
    people: [user, owner],
    groups: owner?.startsWith('@') ? [owner.slice(1)] : [],
    objects: [
      [
        'coprs',
        ...(copr ? [copr] : []),
        m.kind.split('.').slice(-2).join('.'),
        ...(isChroot ? [chroot] : []),
      ].join('/'),
    ],
    touches: owner && copr ? [`project:${owner}/${copr}`] : [],
    body: m.kind === 'copr.build.end' ? linksToLogs(m, owner) : null,
  };
}

function linksToLogs(m: Subject, owner: string | undefined): string | null | undefined {
  const build = buildOf(m);
  const id = m.text('build');
  if (!build || !id || !owner || !m.text('version')) return null;
  const name = m.text('version')?.includes('-') ? packageOf(build) : '?? WHO KNOWS ??';
  const chroot = whole`${results}/${owner}/${m.text('copr')}/${m.text('chroot')}`;
  const folder = whole`${chroot}/${id.padStart(8, '0')}-${name}`;
  return whole`Package:  ${build}
COPR:     ${owner}/${m.text('copr')}
Built by: ${m.text('user') ?? 'nobody'}
Status:   ${statusWords[m.text('status') ?? ''] ?? 'unknown'}
ID:       ${id.padStart(8, '0')}

Logs:
  Build:     ${folder}/build.log.gz
  Root:      ${folder}/root.log.gz
  Copr:      ${chroot}/build-${id.padStart(8, '0')}.log
  Mockchain: ${folder}/mockchain.log.gz
Results:     ${folder}/
Repodata:    ${chroot}/repodata/
`;
}

function describeSchema(m: Subject): Said | undefined {
  const path = m.at('msg') === undefined ? '' : 'msg.';
  const owner = m.text(`${path}owner`);
  const copr = m.text(`${path}copr`);
  const submitter = m.firstText(`${path}user`, `${path}submitter`);
  // `github.com:ana` is a person of another place.
  const known = submitter?.includes(':') ? undefined : submitter;
  const isEnd = /\bbuild\.end$/.test(m.kind);
  const status = statusNames[Number(m.firstText(`${path}status_int`, `${path}status`))];
  return {
    sentence:
      owner === undefined
        ? fill('Unspecified Copr message', {})
        : fill('Copr Message in project "{owner}/{copr}": build {build}: chroot "{chroot}" {what}.', {
            owner: owner.startsWith('@') ? owner : person(owner),
            copr,
            build: m.text(`${path}build`),
            chroot: m.text(`${path}chroot`),
            what: isEnd ? (status ? `ended as "${status}"` : 'ended') : 'started',
          }),
    picture: known && !isEnd ? avatarOf(known) : null,
    agent: isEnd ? null : (known ?? null),
    people: [known, owner?.startsWith('@') ? undefined : owner],
    objects: copr ? [whole`coprs/${copr}/${m.kind.split('.').slice(-2).join('.')}`] : [],
    touches: [
      ...(owner && copr ? [`project:${owner}/${copr}` as const] : []),
      ...(owner?.startsWith('@') ? [`group:${owner.slice(1).toLowerCase()}` as const] : []),
      ...(isEnd && known ? [`user:${known.toLowerCase()}` as const] : []),
    ],
  };
}

export const copr: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
