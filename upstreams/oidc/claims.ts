// Who a provider says somebody is.
import { z } from 'zod';
import { UpstreamError } from '../upstream-error.ts';

export interface Claims {
  issuer: string;
  /** The provider's own, lasting name for the person. */
  subject: string;
  /** As the provider has it; whether Hubs can take it is hubs/sign-in.ts's to say. */
  username: string;
  /** Null where the provider does not say. */
  fullName: string | null;
  /** Empty where the provider does not say. */
  groups: string[];
}

/** Providers leave out what they do not know; what is not a text counts as left out. */
const text = z.string().trim().min(1).optional().catch(undefined);
const schema = z.object({
  nickname: text,
  preferred_username: text,
  name: text,
  groups: z
    .union([z.array(z.string()), z.string().transform((group) => [group])])
    .optional()
    .catch(undefined),
});

/** Names longer than this are cut. */
const NAME_LIMIT = 200;

/** @throws {UpstreamError} when there is no user name among the claims */
export function readClaims(
  label: string,
  who: { issuer: string; subject: string },
  claims: Record<string, unknown>,
): Claims {
  const { nickname, preferred_username, name, groups } = schema.parse(claims);
  const username = nickname ?? preferred_username;
  if (username === undefined) {
    throw new UpstreamError(
      `${label} did not tell your user name (neither nickname nor preferred_username), and without one you have no hub. Write to those who run this site.`,
      { retry: false },
    );
  }
  return { ...who, username, fullName: name?.slice(0, NAME_LIMIT) ?? null, groups: groups ?? [] };
}
