// Koschei: packages rebuilt again and again, to see what breaks them.
import { packageIcon } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, rpm } from '../sentence.ts';
import { whole } from '../words.ts';

const packageStates = new Map(
  Object.entries({
    failing: "{name}'s builds started to fail",
    ok: "{name}'s builds are back to normal",
    ignored: '{name} became retired or ignored',
    unresolved: "{name}'s dependencies failed to resolve",
  }),
);
const collectionStates = new Map(
  Object.entries({
    ok: '{collection} buildroot was fixed',
    unresolved: '{collection} buildroot was broken',
  }),
);

function describe(m: Subject, isNew: boolean): Said | undefined {
  const [old, now, instance] = [m.text('old'), m.text('new') ?? '', m.text('koji_instance')];
  const values = { inst: instance === undefined || instance === 'primary' ? undefined : instance };
  const site = isNew ? 'https://koschei.fedoraproject.org' : 'https://apps.fedoraproject.org/koschei';
  const collection = m.text('collection');
  if (m.kind.startsWith('koschei.collection.')) {
    const template =
      now === 'ok' && old === 'unknown' ? '{collection} added to Koschei' : collectionStates.get(now);
    return {
      sentence: fill(template && `${template}[ ({inst})]`, {
        ...values,
        collection: m.text('collection_name'),
      }),
      link: whole`${site}/collection/${collection}`,
      agent: null,
    };
  }
  const name = m.text('name');
  if (!m.kind.startsWith('koschei.package.') || name === undefined) return undefined;
  const template = now === 'ok' && old === 'ignored' ? '{name} added to Koschei' : packageStates.get(now);
  return {
    sentence: fill(template && `${template} in {collection}[ ({inst})]`, {
      ...values,
      name: rpm(name),
      collection: isNew ? collection : m.firstText('collection_name', 'repo'),
    }),
    link: whole`${site}/package/${name}${collection === undefined ? '' : `?collection=${collection}`}`,
    picture: isNew ? null : packageIcon(name),
    agent: null,
    packages: [name],
    groups: isNew ? m.texts('groups') : [],
  };
}

export const koschei: Service = {
  icon: 'https://fedoraproject.org/w/uploads/e/e9/Koschei.png',
  schemaIcon: 'https://apps.fedoraproject.org/img/icons/koschei.png',
  fedmsg: (m) => describe(m, false),
  schema: (m) => describe(m, true),
};
