import {
  audienceOfLine,
  type Contact,
  type ContactAudience,
  type ContactLine,
  contactLines,
  contactSchema,
  maySeeLine,
  privacySchema,
} from '../../hubs/contact.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { isTimeZone } from '../../hubs/time-zone.ts';
import { isWebAddress } from '../../hubs/web-address.ts';
import type { ReadContext } from '../kind.ts';
import type { ContactSettings } from './settings.ts';

export interface ShownLine {
  line: ContactLine;
  /** A country, an address, a time zone, a date: one or several. */
  values: { text: string; href: string | null }[];
  /** To whom it is shown, for the person themselves; null for everybody else. */
  audience: ContactAudience | null;
}

export interface ContactOwn {
  lines: ShownLine[];
  mine: boolean;
}

/** Only the lines that this viewer may see leave the server. */
export async function readContact(
  { database, viewer }: ReadContext,
  hub: HubInfo,
  settings: ContactSettings,
): Promise<ContactOwn> {
  const person = await database.person.findUnique({
    where: { username: hub.name },
    select: { id: true, contact: true, privacy: true, timeZone: true },
  });
  if (!person) return { lines: [], mine: false };
  const contact = contactSchema.catch({}).parse(person.contact);
  const privacy = privacySchema.catch({}).parse(person.privacy);
  const mine = viewer?.person.id === person.id;
  const lines = contactLines
    .filter((line) => settings[line] && maySeeLine(viewer, person.id, line, contact, privacy))
    .map((line) => ({
      line,
      values: valuesOf(line, { ...contact, timeZone: person.timeZone ?? contact.timeZone }),
      audience: mine ? audienceOfLine(line, contact, privacy) : null,
    }))
    .filter(({ values }) => values.length > 0);
  return { lines, mine };
}

function valuesOf(line: ContactLine, contact: Contact): ShownLine['values'] {
  const plain = (text: string | undefined) => (text ? [{ text, href: null }] : []);
  switch (line) {
    case 'country':
      return plain(contact.country && nameCountry(contact.country));
    case 'time':
      return plain(contact.timeZone && isTimeZone(contact.timeZone) ? contact.timeZone : undefined);
    case 'email':
      return contact.email ? [{ text: contact.email, href: `mailto:${encodeURI(contact.email)}` }] : [];
    case 'chat':
      return (contact.chat ?? []).map(toChat);
    case 'websites':
      return (contact.websites ?? []).filter(isWebAddress).map((href) => ({ text: shorten(href), href }));
    case 'memberSince':
      return plain(Number.isNaN(Date.parse(contact.memberSince ?? '')) ? undefined : contact.memberSince);
  }
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** The accounts say "US" or "United States". */
const nameCountry = (country: string): string =>
  /^[a-zA-Z]{2}$/.test(country) ? (countries.of(country.toUpperCase()) ?? country) : country;

/** `matrix://server/name` is @name:server; `irc://network/name` is a name there; anything else stands as it is. */
export function toChat(nick: string): { text: string; href: string | null } {
  const [, network, server, name] = /^(matrix|irc):\/*(?:([^/\s]+)\/)?@?([^/\s]+)$/.exec(nick) ?? [];
  if (!network || !name) return { text: nick, href: null };
  if (network === 'irc') return { text: server ? `${name} on ${server}` : name, href: null };
  const id = name.includes(':') || !server ? `@${name}` : `@${name}:${server}`;
  // Without a server it is a name nobody else can find.
  return { text: id, href: id.includes(':') ? `https://matrix.to/#/${encodeURIComponent(id)}` : null };
}

const shorten = (href: string): string => href.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
