// Mailman: messages to mailing lists.
import { avatarOf, avatarOfAddress, avatarOfOpenId } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { addressIn } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/hyperkitty.png';
const archives = 'https://lists.fedoraproject.org/archives';

const replied = "On the {list} list, {user} replied to '{subject}'";
const wrote = "{user} wrote '{subject}' to the {list} list";

const subjectOf = (m: Subject) => m.text('msg.subject')?.replaceAll('\n', ' ');
const isReply = (m: Subject) => m.firstText('msg.references', 'msg.in-reply-to') !== undefined;

function describeFedmsg(m: Subject): Said | undefined {
  const from = m.text('msg.from');
  if (m.action !== 'receive' || from === undefined) return undefined;
  const address = addressIn(from);
  const user = m.personOf(address);
  const isKnown = user !== '' && !user.includes('@');
  return {
    sentence: fill(isReply(m) ? replied : wrote, {
      list: m.text('mlist.list_name'),
      user: user ? person(user) : 'someone',
      subject: subjectOf(m),
    }),
    link: linkOf(m.text('msg.archived-at')),
    picture: isKnown ? avatarOfOpenId(user) : avatarOfAddress(address, 'md5'),
    agent: isKnown ? user : null,
    objects: [threadOf(m)],
    touches: listKey(m),
    body: m.text('msg.body'),
  };
}

function linkOf(archivedAt: string | undefined): string | null | undefined {
  const address = archivedAt?.replace(/^</, '').replace(/>$/, '');
  if (!address) return null;
  return address.startsWith('http') ? address : `${archives}${address}`;
}

/** The list, the ids of the messages it answers, its own. */
function threadOf(m: Subject): string {
  const answered = (m.firstText('msg.references', 'msg.in-reply-to') ?? '').split(/\s+/).filter(Boolean);
  const ids = [...answered, m.text('msg.message-id') ?? ''].map((id) => id.slice(1, -1));
  return [m.text('mlist.list_name'), ...ids, 'message'].join('/');
}

function listKey(m: Subject): `list:${string}`[] {
  const list = m.text('mlist.fqdn_listname');
  return list ? [`list:${list.toLowerCase()}`] : [];
}

/** As Python writes a text: in single quotes, unless only those are in it. */
function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

function describeSchema(m: Subject): Said | undefined {
  const list = m.text('mlist.fqdn_listname');
  if (list === undefined) return describeBare(m);
  const sender = m.text('sender_username');
  const address = addressIn(m.text('msg.from') ?? '');
  return {
    sentence: fill(
      isReply(m)
        ? 'On the {list} list, {user} replied to {subject}'
        : '{user} wrote {subject} to the {list} list',
      {
        list: list.split('@')[0],
        user: sender ? person(sender) : 'someone',
        subject: quote(subjectOf(m) ?? ''),
      },
    ),
    link: m.text('url') ?? linkOf(m.text('msg.archived-at')),
    picture: address ? avatarOfAddress(address, 'sha256') : sender ? avatarOf(sender) : null,
    agent: sender ?? null,
    people: m.texts('usernames'),
    objects: [threadOf(m)],
    touches: listKey(m),
    body: m.text('msg.body'),
  };
}

/** A shape that tells a mail's subject and little else; the mail may be the body itself. */
function describeBare(m: Subject): Said {
  const path = m.at('msg') === undefined ? '' : 'msg.';
  const address = addressIn(m.text(`${path}from`) ?? '');
  return {
    sentence: fill('{subject}', { subject: m.text(`${path}subject`)?.replaceAll('\n', ' ') }),
    link: linkOf(m.text(`${path}archived-at`)),
    picture: address ? avatarOfAddress(address, 'sha256') : null,
    agent: null,
    body: m.text(`${path}body`),
  };
}

export const mailman: Service = { icon, fedmsg: describeFedmsg, schema: describeSchema };
