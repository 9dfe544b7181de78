// Bodhi's notices that a repository reached the mirrors: `bodhi.updates.<product>.sync`.
import type { Said, Subject } from '../rule.ts';
import { fill } from '../sentence.ts';
import { whole } from '../words.ts';

const site = 'https://download.fedoraproject.org/pub/';
const productNames: Record<string, string> = { fedora: 'Fedora', epel: 'EPEL' };
/** Since these releases everything lies in a folder "Everything". */
const lastFlatRelease: Record<string, number> = { fedora: 27, epel: 7 };

export const isSync = (m: Subject): boolean => m.kind.startsWith('bodhi.updates.') && m.action === 'sync';

export function describeSync(m: Subject): Said {
  const product = m.kind.split('.').at(-2) ?? '';
  const release = m.text('release') ?? '';
  const isModular = release.endsWith('m');
  const number = release.replace(/m+$/, '');
  const repo = m.text('repo');
  return {
    sentence: fill(
      'New {product} {number} {repo}{modular} content synced out[ ({bytes} changed with {deleted} files deleted)]',
      {
        product: productNames[product] ?? product,
        number,
        repo,
        modular: isModular ? ' modular' : '',
        bytes: m.text('bytes'),
        deleted: m.text('deleted'),
      },
    ),
    link: folderOf(product, repo ?? '', number, isModular),
    picture: 'https://apps.fedoraproject.org/img/icons/bodhi.png',
    agent: null,
    objects: repo ? [whole`${product}/${repo}/${number}`] : [],
  };
}

function folderOf(product: string, repo: string, release: string, isModular: boolean): string | undefined {
  const folders = [product];
  if (product === 'fedora') folders.push(repo === 'atomic' ? 'linux/atomic' : 'linux/updates');
  if (repo.endsWith('testing')) folders.push('testing');
  folders.push(release);
  if (isModular) folders.push('Modular');
  else if (/^\d+$/.test(release) && Number(release) > (lastFlatRelease[product] ?? Number.POSITIVE_INFINITY))
    folders.push('Everything');
  return whole`${site}${folders.join('/')}/`;
}
