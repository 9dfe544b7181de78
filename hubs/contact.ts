// How a person can be reached, and to whom each line of it is shown: person.contact and person.privacy.
import { z } from 'zod';
import type { Viewer } from './viewer.ts';

/** What the accounts system says of a person; what it does not know is missing. */
export const contactSchema = z.object({
  country: z.string().max(100).optional().catch(undefined),
  /** IANA name. */
  timeZone: z.string().max(100).optional().catch(undefined),
  email: z.string().max(320).optional().catch(undefined),
  /** Rooms and names as the accounts have them: `matrix://…`, `irc://…`, addresses. */
  chat: z.array(z.string().max(300)).max(20).optional().catch(undefined),
  websites: z.array(z.string().max(2_000)).max(20).optional().catch(undefined),
  /** ISO date. */
  memberSince: z.string().max(40).optional().catch(undefined),
  /** The accounts system marks the person as private. */
  private: z.boolean().optional().catch(undefined),
});
export type Contact = z.output<typeof contactSchema>;

/** The lines one decides about; `time` is the local time, which tells where somebody is. */
export const contactLines = ['country', 'time', 'email', 'chat', 'websites', 'memberSince'] as const;
export type ContactLine = (typeof contactLines)[number];

export const audiences = ['everybody', 'signed-in', 'nobody'] as const;
export type ContactAudience = (typeof audiences)[number];

const choice = z.enum(audiences).optional().catch('nobody');

/** What a person chose. A line they never touched has its default; a word nobody knows means nobody. */
export const privacySchema = z.object({
  country: choice,
  time: choice,
  email: choice,
  chat: choice,
  websites: choice,
  memberSince: choice,
} satisfies Record<ContactLine, z.ZodType>);
export type Privacy = z.output<typeof privacySchema>;

const defaults: Record<ContactLine, ContactAudience> = {
  country: 'everybody',
  time: 'everybody',
  email: 'signed-in',
  chat: 'signed-in',
  websites: 'everybody',
  memberSince: 'everybody',
};

/** To whom a line is shown: as its person chose; else nobody, where the accounts mark the person as private. */
export const audienceOfLine = (line: ContactLine, contact: Contact, privacy: Privacy): ContactAudience =>
  privacy[line] ?? (contact.private ? 'nobody' : defaults[line]);

/** Whether the viewer sees the line of this person; everybody sees all of their own. */
export function maySeeLine(
  viewer: Viewer | null,
  personId: number,
  line: ContactLine,
  contact: Contact,
  privacy: Privacy,
): boolean {
  if (viewer?.person.id === personId) return true;
  const audience = audienceOfLine(line, contact, privacy);
  return audience === 'everybody' || (audience === 'signed-in' && viewer !== null);
}
