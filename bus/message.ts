// The one internal form of a bus message, whatever brought it.
import { z } from 'zod';

export const messageSchema = z.object({
  /** Without the year that fedmsg puts before the UUID. */
  id: z.string().min(1).max(200),
  topic: z.string().min(1).max(500),
  /** `dev`, `stg`, `prod`, ... as the topic says. */
  environment: z.string(),
  /** The service: the topic's word after the environment. */
  category: z.string(),
  /** When it was sent, milliseconds since 1970. */
  time: z.number(),
  severity: z.enum(['debug', 'info', 'warning', 'error']),
  /** fedora-messaging's schema name. */
  schema: z.string().optional(),
  /** Common name of the certificate that signed it. */
  signer: z.string().optional(),
  /** The OS user that published it over fedmsg; announcements and logs name nobody else. */
  publisher: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});

export type Message = z.infer<typeof messageSchema>;
