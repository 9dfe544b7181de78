import { z } from 'zod';
import { hubPath } from '../../hubs/find-hub.ts';
import { HubError } from '../../hubs/hub-error.ts';
import { makeTeam, type NewTeam } from '../../hubs/make-team.ts';
import { JoinMode, TeamKind, Visibility } from '../../prisma/generated/enums.ts';
import type { Settings } from '../../settings/settings.ts';
import { openAccounts } from '../../upstreams/accounts/open-accounts.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import type { FormDefinition } from './form-route.ts';

const text = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, { error: `That is too long: ${limit.toLocaleString('en')} characters at most.` })
    .default('');

/** A new team hub; whoever makes it owns it. */
export const teamForm: FormDefinition<NewTeam, Record<string, never>> = {
  fields: z.strictObject({
    name: z.string({ error: 'Give the hub a name; it stands in its address.' }).trim(),
    teamKind: z.enum(TeamKind, { error: 'Pick one of the kinds.' }).default('team'),
    summary: text(200),
    description: text(10_000),
    visibility: z.enum(Visibility, { error: 'Say who may see it.' }).default('public'),
    joinMode: z.enum(JoinMode, { error: 'Say how people join.' }).default('request'),
  }),
  async act({ stores: { database, settings }, viewer, values }) {
    const groupExists = await hasGroup(settings, values.name);
    const { hub } = await database.$transaction(async (tx) => {
      const made = await makeTeam(tx, viewer, values, { groupExists, baseUrl: settings.BASE_URL });
      if (made.created) await refreshInterests(tx, made.hub.id);
      return made;
    });
    return { said: `${hub.name} is made.`, to: hubPath(hub) };
  },
};

/** Somebody waits for the answer. */
const DEADLINE_MS = 8_000;

/** Whether the name is a group's in the accounts system. @throws {HubError} when it does not answer */
async function hasGroup(settings: Settings, name: string): Promise<boolean> {
  const accounts = await openAccounts(settings, { deadlineMs: DEADLINE_MS });
  try {
    return (await accounts?.hasGroup(name)) ?? false;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new HubError(
      'The accounts system does not answer, so nobody knows whether a group has this name. Try again in a while.',
      { code: 'conflict' },
    );
  }
}
