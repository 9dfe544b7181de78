// Discourse: its web hooks, as they travel on the bus, and its list of topics.
import { type Happening, say } from '../happening.ts';
import type { Person } from '../person.ts';
import type { Post, Topic } from '../topic.ts';

const userId = (person: Person) =>
  [...person.username].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 90_000;

const user = (person: Person) => ({
  id: userId(person),
  username: person.username,
  name: person.name,
  avatar_template: `/letter_avatar/${person.username}/{size}.png`,
});

/** A topic as web hook and list both have it. */
function topicFields(topic: Topic) {
  const first = topic.posts.at(0);
  const last = topic.posts.at(-1);
  return {
    id: topic.id,
    title: topic.title,
    fancy_title: topic.title,
    slug: topic.slug,
    posts_count: topic.posts.length,
    reply_count: topic.posts.length - 1,
    highest_post_number: topic.posts.length,
    created_at: first?.at.toISOString(),
    last_posted_at: last?.at.toISOString(),
    archetype: 'regular',
    pinned: false,
    pinned_globally: false,
    visible: true,
    closed: false,
    archived: false,
    bookmarked: null,
    tags: topic.tags,
    tags_descriptions: {},
    views: topic.views,
    like_count: topic.likes,
    category_id: 7,
    featured_link: null,
  };
}

/** The body of `/tag/<tag>.json`. */
export function discourseTopicList(topics: Topic[]) {
  const people = new Map(
    topics.flatMap((topic) => topic.posts.map((post) => [post.by.username, user(post.by)])),
  );
  const moved = [...topics].sort((a, b) => lastAt(b) - lastAt(a));
  return {
    users: [...people.values()],
    primary_groups: [],
    topic_list: {
      can_create_topic: false,
      per_page: 30,
      topics: moved.map((topic) => ({
        ...topicFields(topic),
        image_url: null,
        bumped: true,
        bumped_at: topic.posts.at(-1)?.at.toISOString(),
        unseen: false,
        last_poster_username: topic.posts.at(-1)?.by.username,
        has_accepted_answer: topic.solved,
        posters: posters(topic),
      })),
    },
  };
}

const lastAt = (topic: Topic) => topic.posts.at(-1)?.at.getTime() ?? 0;

function posters(topic: Topic) {
  const last = topic.posts.at(-1)?.by;
  const people = [...new Set(topic.posts.map((post) => post.by))].slice(0, 5);
  return people.map((person, at) => ({
    user_id: userId(person),
    description: [
      at === 0 ? 'Original Poster' : 'Frequent Poster',
      ...(person === last ? ['Most Recent Poster'] : []),
    ].join(', '),
    extras: person === last ? 'latest' : null,
    primary_group_id: null,
  }));
}

const headers = (forumUrl: string, type: string, event: string, id: number) => ({
  'X-Discourse-Instance': forumUrl,
  'X-Discourse-Event-Id': String(id),
  'X-Discourse-Event-Type': type,
  'X-Discourse-Event': event,
  'X-Discourse-Event-Signature': 'REDACTED',
});

/** A topic was created, edited, ...; the only web hook that names tags. */
export function discourseTopic(
  forumUrl: string,
  event: 'topic_created' | 'topic_edited',
  topic: Topic,
): Happening {
  const first = topic.posts[0];
  const last = topic.posts.at(-1);
  return say(`discourse.topic.${event}`, {
    webhook_body: {
      topic: {
        ...topicFields(topic),
        user_id: first && userId(first.by),
        created_by: first && user(first.by),
        last_poster: last && user(last.by),
        participant_count: new Set(topic.posts.map((post) => post.by)).size,
        has_deleted: false,
        deleted_at: null,
        deleted_by: null,
        word_count: topic.posts.reduce((sum, post) => sum + post.text.split(' ').length, 0),
      },
    },
    webhook_headers: headers(forumUrl, 'topic', event, topic.id * 2),
  });
}

function postFields(topic: Topic, post: Post) {
  const { id, username, name, avatar_template } = user(post.by);
  return {
    id: post.id,
    user_id: id,
    username,
    name,
    display_username: name,
    avatar_template,
    created_at: post.at.toISOString(),
    updated_at: post.at.toISOString(),
    cooked: `<p>${post.text}</p>`,
    raw: post.text,
    post_number: topic.posts.indexOf(post) + 1,
    post_type: 1,
    reply_count: 0,
    reply_to_post_number: null,
    category_id: 7,
    // Each team has a category of its own, named as its tag.
    category_slug: topic.tags[0],
    topic_id: topic.id,
    topic_slug: topic.slug,
    topic_title: topic.title,
    topic_posts_count: topic.posts.length,
    topic_filtered_posts_count: topic.posts.length,
    topic_archetype: 'regular',
    hidden: false,
    deleted_at: null,
    user_deleted: false,
    edit_reason: null,
    wiki: false,
    version: 1,
    trust_level: 2,
  };
}

export const discoursePost = (forumUrl: string, topic: Topic, post: Post): Happening =>
  say('discourse.post.post_created', {
    webhook_body: { post: postFields(topic, post) },
    webhook_headers: headers(forumUrl, 'post', 'post_created', post.id * 2),
  });

export const discourseLike = (forumUrl: string, topic: Topic, post: Post, by: Person): Happening =>
  say('discourse.like.post_liked', {
    webhook_body: { like: { post: postFields(topic, post), user: user(by) } },
    webhook_headers: headers(forumUrl, 'like', 'post_liked', post.id * 2 + 1),
  });
