// Discourse's public JSON: the topics of a tag or a category.
import { z } from 'zod';
import { type FetchOptions, fetchJson } from './fetch.ts';
import { UpstreamError } from './upstream-error.ts';

export interface Topic {
  id: number;
  title: string;
  href: string;
  replies: number;
  views: number;
  /** Who wrote, the one who asked first; at most five, as Discourse lists them. */
  people: { username: string; avatar: string | null }[];
  /** Milliseconds since 1970, as `createdAt`. */
  lastPostedAt: number;
  createdAt: number;
  /** Somebody else wrote in it, or an answer was accepted. */
  answered: boolean;
  pinned: boolean;
  closed: boolean;
  tags: string[];
}

const time = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((ms) => !Number.isNaN(ms))
  .nullish()
  .catch(null);
const flag = z.boolean().nullish().catch(null);
const count = z.number().int().min(0).catch(0);

const topicSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  slug: z.string().catch(''),
  posts_count: count,
  views: count,
  created_at: time,
  last_posted_at: time,
  bumped_at: time,
  pinned: flag,
  pinned_globally: flag,
  closed: flag,
  archived: flag,
  visible: flag,
  has_accepted_answer: flag,
  // Newer Discourse sends objects.
  tags: z
    .array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]))
    .catch([]),
  posters: z.array(z.object({ user_id: z.number() })).catch([]),
});

const listSchema = z.object({
  users: z
    .array(z.object({ id: z.number(), username: z.string(), avatar_template: z.string().nullish() }))
    .catch([]),
  topic_list: z.object({ topics: z.array(topicSchema) }),
});

const AVATAR_PIXELS = 48;

type Options = Pick<FetchOptions, 'signal' | 'exchange'>;

interface Found {
  topics: Topic[];
  /** Their page for people. */
  href: string;
}

/**
 * The newest topics of a tag, the one that moved last first; without hidden and archived ones.
 * @param base the address of the Discourse, such as `https://discussion.example.org`
 * @throws {Unchanged} (fetch.ts)
 * @throws {UpstreamError} a tag that does not exist has status 404
 */
export const topicsByTag = (base: string, tag: string, options: Options = {}): Promise<Found> =>
  readTopics(base, `tag/${encodeURIComponent(tag)}`, options);

/**
 * The same of a category and those below it.
 * @param category as in its address: `workstation/12`, `desktop/workstation/12`
 */
export const topicsByCategory = (base: string, category: string, options: Options = {}): Promise<Found> =>
  readTopics(base, `c/${category}`, options);

async function readTopics(base: string, path: string, options: Options): Promise<Found> {
  const root = base.replace(/\/+$/, '');
  const href = `${root}/${path}`;
  const mayBePrivate = [new URL(root).origin];
  const answer = listSchema.safeParse(await fetchJson(`${href}.json`, { ...options, mayBePrivate }));
  if (!answer.success) {
    throw new UpstreamError(`${new URL(root).host} answered in a form Hubs does not know.`, {
      retry: false,
      cause: answer.error,
    });
  }
  const { users, topic_list } = answer.data;
  const people = new Map(
    users.map((user) => [
      user.id,
      { username: user.username, avatar: avatarAddress(root, user.avatar_template) },
    ]),
  );
  const topics = topic_list.topics
    .filter((topic) => topic.visible !== false && !topic.archived)
    // Pinned ones come first whatever their date.
    .sort((a, b) => (b.bumped_at ?? 0) - (a.bumped_at ?? 0))
    .map((topic): Topic => {
      const createdAt = topic.created_at ?? topic.bumped_at ?? 0;
      return {
        id: topic.id,
        title: topic.title,
        href: `${root}/t/${topic.slug || '-'}/${topic.id}`,
        replies: Math.max(0, topic.posts_count - 1),
        views: topic.views,
        people: topic.posters.flatMap(({ user_id }) => people.get(user_id) ?? []),
        lastPostedAt: topic.last_posted_at ?? topic.bumped_at ?? createdAt,
        createdAt,
        answered: topic.has_accepted_answer === true || new Set(topic.posters.map((p) => p.user_id)).size > 1,
        pinned: topic.pinned === true || topic.pinned_globally === true,
        closed: topic.closed === true,
        tags: topic.tags,
      };
    });
  return { topics, href };
}

function avatarAddress(root: string, template: string | null | undefined): string | null {
  const url = template ? URL.parse(template.replace('{size}', String(AVATAR_PIXELS)), `${root}/`) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
