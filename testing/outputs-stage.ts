// A team, a person and their stream, and who asks for what they give out: the answers that app/outputs makes.
import { describe } from '../activity/describe.ts';
import { readBySecret, readOutput } from '../app/outputs/output-route.ts';
import type { OutputName } from '../app/outputs/outputs.ts';
import type { Message } from '../bus/message.ts';
import { makeEntry } from '../feeds/make-entry.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { cookieName, startSession } from '../hubs/sessions.ts';
import { makePerson, makeTeam } from './people.ts';
import { createDatabase } from './stores.ts';
import { openWebStores } from './web-stores.ts';

/** Of an answer that nobody may keep. */
export const forNobody = {
  cache: 'private, no-store',
  referrer: 'no-referrer',
  robots: 'noindex',
  etag: null,
};

export async function openOutputsStage() {
  const stores = openWebStores(await createDatabase());
  const { database, feeds, settings, pool } = stores;
  const { person: owner, hub: ownHub } = await makePerson(database, 'mira');
  const stream = await database.hub.create({
    data: {
      type: 'stream',
      name: 'mira',
      visibility: 'private',
      roles: { create: { personId: owner.id, name: 'owner', source: 'hubs' } },
    },
  });
  let teams = 0;

  return {
    ...{ stores, owner, ownHub, stream },
    /** A public one of the owner's. */
    makeTeam: (): Promise<HubInfo> =>
      makeTeam(database, `Team${++teams}`, owner.id, { summary: 'Makes <things>' }),
    async hear(
      into: HubInfo,
      id: string,
      body: object = {},
      service = 'nobodyknows',
      more: Partial<Message> = {},
    ): Promise<void> {
      const message: Message = {
        id,
        topic: `org.example.prod.${service}.thing.done`,
        environment: 'prod',
        category: service,
        time: Date.UTC(2026, 10, 23, 12, 0),
        severity: 'info',
        body: { agent: 'mira', ...body },
        ...more,
      };
      await feeds.add([makeEntry(message, describe(message), { hub: into.id, why: 'package:x' })]);
    },
    /** @returns the headers of who is signed in */
    async signIn(personId: number): Promise<Record<string, string>> {
      const session = { personId, issuer: 'https://id.example.org', siteAdmin: false, userAgent: '' };
      return { cookie: `${cookieName(settings.BASE_URL)}=${await startSession(database, session)}` };
    },
    get: (
      of: { type: HubInfo['type']; name?: string },
      name: OutputName,
      { query = '', ...headers }: Record<string, string> = {},
    ) => readOutput(stores, new Request(`http://inside${query}`, { headers }), of, name),
    secret: (token: string, output = 'feed.atom') =>
      readBySecret(stores, new Request('http://inside'), { token, output }),
    close: () => pool.end(),
  };
}

/** What an answer says of who may keep and find it. */
export const kept = ({ headers }: Response) => ({
  cache: headers.get('cache-control'),
  referrer: headers.get('referrer-policy'),
  robots: headers.get('x-robots-tag'),
  etag: headers.get('etag'),
});
