// The identity providers people sign in with: OIDC_PROVIDERS names them, and each has settings of its own.
import { z } from 'zod';

const schema = z.object({
  ISSUER: z
    .string({
      error: "is not set; set it to the provider's issuer, exactly as its discovery document has it",
    })
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
      error: 'is not an address that starts with https://; take it from the discovery document',
    }),
  CLIENT_ID: z.string({ error: 'is not set; set it to the name the provider knows Hubs by' }),
  CLIENT_SECRET: z.string({ error: 'is not set; set it, or _FILE to a file that holds it' }),
  LABEL: z.string().optional(),
  TOKEN_AUTH: z.enum(['post', 'basic'], { error: 'is neither post nor basic' }).optional(),
  SCOPES: z.string().optional(),
});

export const providerSettingNames = Object.keys(schema.shape) as (keyof typeof schema.shape)[];

export interface ProviderSettings {
  /** Of the address /auth/callback/<name>. */
  name: string;
  /** As people know it. */
  label: string;
  /** Compared exactly, also its last slash. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** How Hubs proves itself, where the provider's discovery document does not decide it. */
  tokenAuth?: 'post' | 'basic';
  /** Instead of openid, profile and the offered scope for groups. */
  scopes?: string;
}

type Environment = Record<string, string | undefined>;

/**
 * Reads `OIDC_<NAME>_ISSUER` and the like of each provider.
 * @param read reads a setting, also from the file that NAME_FILE names; undefined where it is not set
 */
export function readProviders(
  names: string[],
  baseUrl: string,
  read: (key: string) => string | undefined,
  problems: string[],
): ProviderSettings[] {
  const repeated = names.find((name, at) => names.indexOf(name) < at);
  if (repeated) problems.push(`OIDC_PROVIDERS names ${repeated} twice; name each once`);
  return [...new Set(names)].flatMap((name) => {
    const prefix = `OIDC_${name.toUpperCase()}_`;
    const given: Environment = Object.fromEntries(
      providerSettingNames.map((key) => [key, read(`${prefix}${key}`)]),
    );
    const result = schema.safeParse(given);
    for (const issue of result.error?.issues ?? [])
      problems.push(`${prefix}${issue.path.join('.')} ${issue.message}`);
    if (!result.success) return [];
    const { ISSUER, CLIENT_ID, CLIENT_SECRET, LABEL, TOKEN_AUTH, SCOPES } = result.data;
    if (ISSUER.startsWith('http:') && !isLocal(baseUrl)) {
      problems.push(
        `${prefix}ISSUER starts with http://, which is accepted with a BASE_URL on localhost only`,
      );
    }
    return {
      name,
      label: LABEL ?? new URL(ISSUER).host,
      issuer: ISSUER,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      ...(TOKEN_AUTH && { tokenAuth: TOKEN_AUTH }),
      ...(SCOPES && { scopes: SCOPES }),
    };
  });
}

/** Whether the address leads to the machine itself, as in development and in the demo. */
const isLocal = (address: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
