// FASJSON v1, the read API of Fedora's accounts system (fedora-infra/fasjson). Only what is shown is asked for.
import { z } from 'zod';
import { fetchJson } from '../fetch.ts';
import { UpstreamError } from '../upstream-error.ts';
import { type AccountPerson, type Accounts, inUtc, namePattern, withoutPrivate } from './accounts.ts';
import { TicketError, type Tickets } from './tickets.ts';

export interface FasjsonOptions {
  /** Such as `https://fasjson.fedoraproject.org`; the operator's choice, it may lie in a private network. */
  url: string;
  tickets: Tickets;
  /** Of one request; the service gives its directory 90 s. */
  deadlineMs?: number;
  signal?: AbortSignal | undefined;
}

const DEADLINE_MS = 95_000;
const PAGE_ROWS = 500;
/** Nobody's group has more people than these pages hold. */
const MOST_PAGES = 400;
/** Pages have no stable cursor: who comes or goes meanwhile shifts the others. */
const READINGS = 3;

/** What is missing is null there; a list that is empty, too. */
const text = z.string().nullish();
const texts = z
  .array(z.string())
  .nullish()
  .transform((given) => given ?? []);

const groupSchema = z.object({
  groupname: z.string(),
  description: text,
  mailing_list: text,
  url: text,
  irc: texts,
  discussion_url: text,
});
const namedSchema = z.object({ username: z.string(), human_name: text, is_private: z.boolean().nullish() });
const personSchema = namedSchema.extend({
  emails: texts,
  ircnicks: texts,
  timezone: text,
  websites: texts,
  creation: text,
});
const pageSchema = z
  .object({ page_number: z.number(), total_pages: z.number(), total_results: z.number() })
  .optional();

/** The fields of a schema as the service's mask; always with `is_private`, or it shows what it should not. */
const maskOf = (schema: z.ZodObject) => `{${Object.keys(schema.shape).join(',')}}`;

type Named = z.output<typeof namedSchema>;

export function openFasjson({ url, tickets, deadlineMs = DEADLINE_MS, signal }: FasjsonOptions): Accounts {
  // The operator may give the address with or without the version.
  const base = `${url.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
  const { origin, hostname, host } = new URL(base);

  async function ask(path: string, mask: string): Promise<unknown> {
    for (let tried = 1; ; tried += 1) {
      const token = await tickets.take(hostname);
      try {
        return await fetchJson(`${base}${path}`, {
          deadlineMs,
          mayBePrivate: [origin],
          headers: { authorization: `Negotiate ${token}`, 'x-fields': mask },
          ...(signal && { signal }),
        });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (error.status !== 401 || tried > 1) throw explain(host, error);
        tickets.renew();
      }
    }
  }

  /** Null where there is no such thing; a wrong address answers 404 too, and nobody may be taken for gone by that. */
  async function find<T>(path: string, schema: z.ZodType<T>, mask: string): Promise<T | null> {
    try {
      return read(host, z.object({ result: schema }), await ask(path, mask)).result;
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
    }
    await ask('/me/', '{dn}').catch((error: unknown) => {
      if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
      throw new UpstreamError(`${base}/ is not FASJSON (404). Correct FASJSON_URL.`, {
        retry: false,
        cause: error,
      });
    });
    return null;
  }

  /** All rows of a list, each once. @throws {UpstreamError} when it changes all the time */
  async function list<T>(
    path: string,
    schema: z.ZodObject & z.ZodType<T>,
    keyOf: (row: T) => string,
  ): Promise<T[]> {
    const answer = z.object({ result: z.array(schema), page: pageSchema });
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const rows = new Map<string, T>();
      const totals = new Set<number>();
      // `next_page` names the page it stands on: pages are counted here.
      for (let page = 1, pages = 1; page <= Math.min(pages, MOST_PAGES); page += 1) {
        const query = `?page_size=${PAGE_ROWS}&page_number=${page}`;
        const { result, page: of } = read(host, answer, await ask(`${path}${query}`, maskOf(schema)));
        for (const row of result) rows.set(keyOf(row).toLowerCase(), row);
        pages = of?.total_pages ?? 1;
        totals.add(of?.total_results ?? rows.size);
      }
      if (totals.size === 1 && totals.has(rows.size)) return [...rows.values()];
    }
    throw new UpstreamError(`${host} gave other people on each page of ${path} than it counted.`, {
      retry: true,
    });
  }

  const isName = (name: string) => namePattern.test(name);
  const findGroup = (name: string) => find(`/groups/${name}/`, groupSchema, maskOf(groupSchema));

  return {
    async group(name) {
      const found = isName(name) ? await findGroup(name) : null;
      if (!found) return null;
      const [members, { result: sponsors }] = await Promise.all([
        list(`/groups/${name}/members/`, namedSchema, ({ username }) => username),
        // Never paged.
        ask(`/groups/${name}/sponsors/`, maskOf(namedSchema)).then((answer) =>
          read(host, z.object({ result: z.array(namedSchema) }), answer),
        ),
      ]);
      return {
        name: found.groupname,
        description: found.description ?? '',
        mailingList: found.mailing_list || null,
        url: found.url || null,
        irc: found.irc,
        discussionUrl: found.discussion_url || null,
        members: members.map(({ username }) => username),
        sponsors: sponsors.map(({ username }) => username),
        fullNames: new Map(
          [...members, ...sponsors].map((one) => [one.username.toLowerCase(), shownName(one)]),
        ),
      };
    },
    hasGroup: async (name) =>
      isName(name) &&
      (await find(`/groups/${name}/`, groupSchema.pick({ groupname: true }), '{groupname}')) !== null,
    async groupNames() {
      const rows = await list(
        '/groups/',
        groupSchema.pick({ groupname: true }),
        ({ groupname }) => groupname,
      );
      return rows.map(({ groupname }) => groupname);
    },
    async person(name) {
      const found = isName(name) ? await find(`/users/${name}/`, personSchema, maskOf(personSchema)) : null;
      return found && toPerson(found);
    },
  };
}

const shownName = ({ human_name, is_private }: Named) => (is_private ? '' : (human_name ?? ''));

const toPerson = (row: z.output<typeof personSchema>): AccountPerson =>
  withoutPrivate({
    username: row.username,
    fullName: row.human_name || null,
    isPrivate: row.is_private ?? false,
    email: row.emails[0] ?? null,
    chat: row.ircnicks,
    timeZone: row.timezone || null,
    websites: row.websites,
    memberSince: row.creation ? inUtc(row.creation) : null,
    country: null,
  });

function read<T>(host: string, schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new UpstreamError(`${host} answered with something else than FASJSON's version 1.`, {
    retry: false,
    cause: result.error,
  });
}

/** The statuses FASJSON answers with, each with what to do. */
function explain(host: string, error: UpstreamError): UpstreamError {
  const { status, retry, retryAfterMs } = error;
  const say = (sentence: string) =>
    new UpstreamError(sentence, { retry, retryAfterMs, ...(status && { status }), cause: error });
  if (status === 401)
    return new TicketError(
      `${host} does not accept Hubs' Kerberos ticket (401). See whether its keytab is the current one, and whether the clocks agree.`,
      { retry: false, status, cause: error },
    );
  if (status === 403)
    return say(
      `${host} knows Hubs but may not ask its directory in Hubs' name (403). Ask those who run it to let Hubs' service in; tickets must be forwardable.`,
    );
  if (status === 500) return say(`${host} can't read its directory now (500). Try again later.`);
  if (status === 503) return say(`${host} is closed for the moment (503). Try again later.`);
  return error;
}
