// A hub's configuration by settings tab: one schema makes the form's check, the API's and the types.
import { z } from 'zod';
import type { Prisma } from '../prisma/generated/client.ts';
import { isCalendar, noCalendar } from './calendar-name.ts';
import { hubEvent, promiseEvent, tellBrowsers } from './changes.ts';
import { chatUrl } from './chat-url.ts';
import { type Asking, enterHub } from './enter-hub.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { refuseStale } from './refuse-stale.ts';
import { isWebAddress, noWebAddress } from './web-address.ts';

const text = (most: number, what: string) =>
  z.string().trim().max(most, `${what} has at most ${most} characters; shorten it.`);
const orNull = (value: string): string | null => value || null;
const webAddress = text(2_000, 'An address')
  .refine((value) => value === '' || isWebAddress(value), noWebAddress)
  .transform(orNull);

const LIST_LIMIT = 50;
const listOf = (pattern: RegExp, wrong: (line: string) => string) =>
  z
    .string()
    .transform((lines) => [...new Set(lines.split(/[\s,]+/).filter(Boolean))])
    .check((given) => {
      const bad = given.value.find((line) => !pattern.test(line));
      if (bad !== undefined) given.issues.push({ code: 'custom', message: wrong(bad), input: given.value });
      if (given.value.length > LIST_LIMIT)
        given.issues.push({ code: 'custom', message: `At most ${LIST_LIMIT} fit here.`, input: given.value });
    });

const version = z.coerce.number().int();

export const configurationTabs = {
  general: z.strictObject({
    version,
    summary: text(200, 'The summary'),
    description: text(10_000, 'The description'),
    avatarUrl: webAddress,
    colour: z
      .string()
      .toLowerCase()
      .regex(
        /^(#[0-9a-f]{6})?$/,
        'A colour is # and six digits, such as #1f57a8; leave it empty for one of its own.',
      )
      .transform(orNull),
    teamKind: z.enum(['team', 'project', 'regional', 'broadcast'], 'Choose one of the kinds.').optional(),
    visibility: z.enum(['public', 'preview', 'private'], 'Choose who may see the hub.'),
    leftWidth: z.coerce
      .number('The width is a number of columns.')
      .int('The width is a whole number of columns.')
      .min(4, 'The left column is at least 4 of 12 columns wide.')
      .max(9, 'The left column is at most 9 of 12 columns wide.'),
    alertText: text(500, 'An alert'),
    alertColour: z.enum(['blue', 'green', 'yellow', 'red'], 'Choose one of the colours.'),
  }),
  list: z.strictObject({
    version,
    mailingList: text(320, 'An address')
      .refine(
        (value) => value === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
        'A list has an address like design@lists.example.org.',
      )
      .transform(orNull),
  }),
  calendar: z.strictObject({
    version,
    calendar: text(2_000, 'The calendar').refine(isCalendar, noCalendar).transform(orNull),
    meetingName: text(100, 'A meeting’s name').transform(orNull),
  }),
  chat: z.strictObject({
    version,
    chatUrl: text(500, 'A room').transform((value, context) => {
      if (value === '') return null;
      const url = chatUrl(value);
      if (url) return url;
      context.issues.push({
        code: 'custom',
        message:
          'Give a Matrix room such as #design:example.org, or an IRC address such as irc://irc.libera.chat/#design.',
        input: value,
      });
      return z.NEVER;
    }),
  }),
  development: z.strictObject({
    version,
    projects: listOf(/^[\w.@-]+(\/[\w.@-]+){1,4}$/, (line) => `“${line}” is not like namespace/project.`),
    packages: listOf(/^[\w.+-]{1,100}$/, (line) => `“${line}” is not a package’s name.`),
    discourseTag: text(100, 'A tag')
      .regex(/^[^\s/?#]*$/, 'A tag has no spaces and no / ? #.')
      .transform(orNull),
    membersActivity: z
      .enum(['auto', 'yes', 'no'], 'Choose one.')
      .transform((value) => (value === 'auto' ? null : value === 'yes')),
  }),
} as const;

export type ConfigurationTab = keyof typeof configurationTabs;
export type Configuration = z.output<(typeof configurationTabs)[ConfigurationTab]>;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Changes the hub's configuration, and says what of it changed. The caller refreshes interests in the same transaction.
 * @throws {HubError} `conflict` where somebody else changed the same keys since the form was opened
 */
export async function changeConfiguration(
  tx: Prisma.TransactionClient,
  asking: Asking,
  { version: since, ...values }: Configuration,
): Promise<string[]> {
  const { hub, viewer, baseUrl } = await enterHub(tx, asking, 'configure');
  if (hub.type === 'stream')
    throw new HubError('A stream has no settings of this kind.', { code: 'not_found' });
  const changedKeys = Object.entries(values)
    .filter(([key, value]) => value !== undefined && !same(hub[key as keyof HubInfo], value))
    .map(([key]) => key);
  if (changedKeys.length === 0) return [];
  refuseStale(hub, since);
  const data = Object.fromEntries(Object.entries(values).filter(([key]) => changedKeys.includes(key)));
  const changed = await tx.hub.update({
    where: { id: hub.id },
    data: { ...data, version: { increment: 1 } },
  });
  if (changed.visibility === 'preview' && hub.visibility !== 'preview') {
    // What others see of a preview hub is marked by hand: nothing becomes visible by itself but the welcome.
    await tx.widget.updateMany({
      where: { hubId: hub.id, kind: { not: 'sticky' } },
      data: { restricted: true },
    });
    // An editor of the layout that began before must not make them public again.
    await tx.layoutChange.create({
      data: { hubId: hub.id, version: changed.version, personId: viewer.person.id },
    });
  }
  await tellBrowsers(tx, changed, 'hub');
  await promiseEvent(
    tx,
    hubEvent('hub.updated', { hub: changed, changedKeys, agent: viewer.person.username, baseUrl }),
  );
  return changedKeys;
}
