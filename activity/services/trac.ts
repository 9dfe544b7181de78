// Trac on fedorahosted.org: tickets, wiki pages, pushes. It closed in 2017.
import { avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';
import { flatRepositories } from './trac-repositories.ts';

const icon = 'https://www.edgewall.org/gfx/trac_bullet.png';

const where = 'on the {project} trac instance';
const sentences: [string, string][] = [
  ['page.version.delete', `{user} deleted a version of the '{page}' wiki page ${where}`],
  ['page.delete', `{user} straight-up deleted the '{page}' wiki page ${where}`],
  ['page.rename', `{user} renamed the wiki page '{oldName}' to '{page}' ${where}`],
  ['page.update', `{user} updated the '{page}' wiki page ${where}`],
  ['page.new', `{user} created a new '{page}' wiki page ${where}`],
  ['ticket.delete', `{user} straight-up deleted a ticket ${where}`],
  ['ticket.new', `{user} opened a new ticket ${where}`],
  ['ticket.update', `{user} updated a ticket ${where}`],
  ['git.receive', "{user} pushed some commits to the '{repo}' fedorahosted git repository"],
];

function templateOf(m: Subject): string | undefined {
  const hasNewStatus = m.kind.includes('ticket.update') && m.at('old_values.status') !== undefined;
  const status = m.text('ticket.status');
  if (hasNewStatus && status === 'reopened') return `{user} reopened a ticket ${where}`;
  if (hasNewStatus && status === 'closed') return `{user} closed a ticket ${where} as '{resolution}'`;
  return sentences.find(([event]) => m.kind.includes(event))?.[1];
}

/** `/git/name.git`, or in old messages the name itself. */
const repoOf = (m: Subject) =>
  m.text('commit.path')?.split('.git')[0]?.slice('/srv/git/'.length) ?? m.text('commit.repo');

const trimmed = (names: (string | undefined)[]) => names.map((name) => name?.trim());

function describe(m: Subject): Said {
  const template = templateOf(m);
  const project = m.text('instance.project_name');
  const committer = m.text('commit.username');
  const user = m.firstText('agent') ?? committer;
  const repo = repoOf(m);
  const page = m.text('page.name');
  const people = [user, m.text('page.author'), m.text('ticket.owner'), m.text('ticket.reporter'), committer];
  return {
    sentence: fill(template, {
      user: person(user),
      project,
      page,
      oldName: m.text('old_name'),
      repo,
      resolution: m.text('ticket.resolution'),
    }),
    link: linkOf(m, repo),
    picture: (committer ?? user) ? avatarOrMachine(committer ?? user ?? '') : null,
    agent: user ?? null,
    people: trimmed([...people, ...(m.text('ticket.cc') ?? '').split(',')]),
    objects: objectsOf(m, project, repo),
    touches: project || repo ? [`project:${project ?? repo}`] : [],
    body: bodyOf(m),
  };
}

function bodyOf(m: Subject): string | null {
  const words: [string, string | undefined][] = [['Summary', m.firstText('ticket.summary')]];
  const comment = m.firstText('comment');
  words.push(comment ? ['Comment', comment] : ['Description', m.firstText('ticket.description')]);
  return words.map(([title, said]) => (said ? `${title}: ${said}\n` : '')).join('') || null;
}

function linkOf(m: Subject, repo: string | undefined): string | null | undefined {
  const base = m.text('instance.base_url')?.replace(/^\/+|\/+$/g, '');
  if (m.kind.startsWith('trac.wiki.') && base) {
    const version = m.firstText('page.version');
    const isVersioned = version && version !== '0' && !/\.(rename|new)/.test(m.kind);
    return whole`${base}/wiki/${m.text('page.name')}${isVersioned ? `?action=diff&version=${version}` : ''}`;
  }
  if (m.kind.startsWith('trac.ticket.') && base) return whole`${base}/ticket/${m.text('ticket.id')}`;
  if (!repo) return null;
  const suffix = flatRepositories.has(repo) ? '' : '.git';
  return whole`https://git.fedorahosted.org/cgit/${repo}${suffix}/commit/?id=${m.text('commit.rev')}`;
}

function objectsOf(
  m: Subject,
  project: string | undefined,
  repo: string | undefined,
): (string | undefined)[] {
  if (m.kind.startsWith('trac.wiki.')) {
    const names = [m.text('page.name'), ...(m.kind.includes('rename') ? [m.text('old_name')] : [])];
    return names.map((name) => whole`${project}/wiki/${name}`);
  }
  if (m.kind.startsWith('trac.ticket.')) return [whole`${project}/ticket/${m.text('ticket.id')}`];
  return Object.keys(m.record('commit.stats.files')).map((file) => whole`${repo}/git/${file}`);
}

export const trac: Service = { icon, fedmsg: describe };
