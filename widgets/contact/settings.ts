import { z } from 'zod';
import type { ContactLine } from '../../hubs/contact.ts';

const line = (label: string) => z.boolean().default(true).meta({ label });

/** Which lines stand in the widget at all; to whom each is shown is the person's own setting (hubs/contact.ts). */
export const settings = z.object({
  country: line('Country'),
  time: line('Local time'),
  email: line('E-mail'),
  chat: line('Chat'),
  websites: line('Websites'),
  memberSince: line('Member since'),
} satisfies Record<ContactLine, z.ZodType>);

export type ContactSettings = z.output<typeof settings>;
