// mdapi: what changed in a repository's metadata.
import { packageIcon } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill } from '../sentence.ts';
import { series, whole } from '../words.ts';

interface Change {
  category: string;
  action: string;
  name: string;
}

/** Changes are rows: of files the last column names the package, of all else the first. */
function changesOf(m: Subject): Change[] {
  return Object.keys(m.record('differences')).flatMap((category) =>
    Object.keys(m.record(`differences.${category}`)).flatMap((action) =>
      m.list(`differences.${category}.${action}`).flatMap((row) => {
        const cells = Array.isArray(row)
          ? row.filter((cell): cell is string => typeof cell === 'string')
          : [];
        const name = cells[0]?.includes('/') ? cells.at(-1) : cells[0];
        return name === undefined ? [] : [{ category, action, name }];
      }),
    ),
  );
}

function countByCategory(m: Subject): string {
  return Object.keys(m.record('differences'))
    .sort()
    .map((category) => {
      const count = (action: string) => m.list(`differences.${category}.${action}`).length;
      return { category, added: count('added'), removed: count('removed') };
    })
    .filter(({ added, removed }) => added + removed > 0)
    .map(({ category, added, removed }) => whole`${category}: +${added}/-${removed}`)
    .join(', ');
}

function describe(m: Subject): Said {
  const repo = m.text('name');
  const url = m.text('url');
  const isOld = m.at('differences') !== undefined;
  const changes = changesOf(m);
  const packages = isOld ? changes.map((change) => change.name.split('(')[0]) : m.texts('packages');
  return {
    sentence: fill('mdapi noticed a {repo} repomd change: {summary}', {
      repo,
      summary: isOld ? countByCategory(m) : series(m.texts('packages')),
    }),
    link: url && (url.startsWith('http') ? url : whole`https://download.fedoraproject.org/pub/${url}`),
    picture: packageIcon('package_128x128'),
    agent: null,
    packages,
    objects: isOld
      ? changes.map(({ category, action, name }) => whole`${repo}/${category}/${action}/${name}`)
      : packages.map((name) => whole`${repo}/${name}`),
  };
}

export const mdapi: Service = {
  icon: packageIcon('package_128x128'),
  schemaIcon: 'https://apps.fedoraproject.org/img/icons/mdapi.png',
  fedmsg: describe,
  schema: (m) => ({
    sentence: fill('MDAPI updated repo {repo} with new details for {count} packages', {
      repo: m.text('name'),
      count: m.texts('packages').length,
    }),
    agent: null,
    objects: m.texts('packages').map((name) => whole`${m.text('name')}/${name}`),
  }),
};
