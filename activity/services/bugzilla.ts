// Bugzilla: bugs filed, changed and commented on. Packages are the bugs' components.
import { avatarOf, avatarOfAddress, avatarOrMachine } from '../avatar.ts';
import { text } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { quotedSeries, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/bugzilla.png';
const schemaIcon = 'https://bugzilla.redhat.com/extensions/RedHat/web/css/favicon.ico?v=0';

const noPackages = ['Package Review'];
const noPackagesOfToday = [
  ...noPackages,
  'distribution',
  'LiveCD',
  'LiveCD - FEL',
  'LiveCD - Games',
  'LiveCD - KDE',
  'LiveCD - LXDE',
  'LiveCD - Xfce',
];

const TITLE_LENGTH = 40;
const titleOf = (m: Subject) => {
  const title = m.text('bug.summary');
  return title && title.length > TITLE_LENGTH ? `${title.slice(0, TITLE_LENGTH)}...` : title;
};

const bugLink = (m: Subject) =>
  m.text('bug.id') && whole`https://bugzilla.redhat.com/show_bug.cgi?id=${m.text('bug.id')}`;
const componentOf = (m: Subject) => m.firstText('bug.component.name', 'bug.component', 'bug.component.0');
const productOf = (m: Subject) => m.firstText('bug.product.name', 'bug.product');
const objectOf = (m: Subject) => [[productOf(m), componentOf(m), m.text('bug.id')].join('/')];

function describeFedmsg(m: Subject): Said | undefined {
  const event = m.at('event');
  const hasComment = m.at('comment') !== undefined && m.at('comment') !== null && !isEmpty(m.at('comment'));
  const address = hasComment ? m.text('comment.author') : (m.firstText('event.who') ?? m.text('bug.creator'));
  // Messages of another shape name their people otherwise.
  if (address === undefined) return undefined;
  const user = m.personOf(address);
  const isFiled =
    m.kind.includes('bug.new') || (text(event, 'target') === 'bug' && text(event, 'action') === 'create');
  const template = isFiled
    ? "{user} filed a new bug RHBZ#{id} '{title}'"
    : hasComment
      ? "{user} commented on RHBZ#{id} '{title}'"
      : event
        ? "{user} updated {fields} on RHBZ#{id} '{title}'"
        : "{user} updated RHBZ#{id} '{title}'";
  const everybody = [
    m.text('comment.author'),
    m.text('event.who'),
    m.text('bug.creator'),
    m.text('bug.assigned_to'),
  ];
  const people = [...everybody, ...m.texts('bug.cc')]
    .filter((one): one is string => !!one && !one.endsWith('lists.fedoraproject.org'))
    .map((one) => m.personOf(one))
    .filter((one) => !one.includes('@'));
  const component = componentOf(m);
  return {
    sentence: fill(template, {
      user: person(user),
      id: m.text('bug.id'),
      title: titleOf(m),
      fields: quotedSeries(
        m.texts('event.changes', 'field_name'),
        'nothing? (likely bugzilla sent us a buggy message)',
      ),
    }),
    link: m.text('bug.weburl') ?? bugLink(m),
    picture: user.includes('@') ? avatarOfAddress(user, 'md5') : avatarOrMachine(user),
    agent: user.includes('@') ? null : user,
    people,
    packages: component && !noPackages.includes(component) ? [component] : [],
    objects: objectOf(m),
    body: m.text('comment.body'),
  };
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function describeSchema(m: Subject): Said | undefined {
  const action = m.text('event.action');
  const target = m.text('event.target');
  const email = m.text('event.user.login');
  const agent = m.text('agent_name');
  const component = componentOf(m);
  const template =
    target === 'bug'
      ? action === 'create'
        ? "{user} filed a new bug RHBZ#{id} '{title}'"
        : "{user} updated {fields} on RHBZ#{id} '{title}'"
      : action === 'create'
        ? "{user} added {target} on RHBZ#{id} '{title}'"
        : "{user} updated {fields} for {target} on RHBZ#{id} '{title}'";
  return {
    sentence: fill(template, {
      user: agent || email ? person(agent ?? email) : undefined,
      id: m.text('bug.id'),
      title: titleOf(m),
      target,
      fields: quotedSeries(m.texts('event.changes', 'field'), 'something unknown'),
    }),
    link: bugLink(m),
    picture: email ? avatarOfAddress(email, 'sha256') : agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: m.texts('usernames'),
    packages: component && !noPackagesOfToday.includes(component) ? [component] : [],
    objects: objectOf(m),
    body: m.text('comment.body'),
  };
}

export const bugzilla: Service = { icon, schemaIcon, fedmsg: describeFedmsg, schema: describeSchema };
