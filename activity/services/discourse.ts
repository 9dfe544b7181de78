// Discourse: topics, posts, likes and solutions, as its webhook tells them.
import type { Key } from '../activity.ts';
import { avatarOf } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, linked, person, type Value } from '../sentence.ts';
import { mentionsIn, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/discourse.png';

const instances: Record<string, string> = {
  'https://discussion.fedoraproject.org': 'Fedora Discussion',
  'https://ask.fedoraproject.org': 'Ask Fedora',
};

const sentences: Record<string, string> = {
  'post.post_created': "New Post on {place}: {author} posted in '{topic}'",
  'post.post_edited': "Post Edited on {place}: {author}'s post on '{topic}'",
  'post.post_recovered': "Post Recovered on {place}: {author}'s post on '{topic}'",
  'post.post_destroyed': "Post Destroyed on {place}: {author}'s post on '{topic}'",
  'like.post_liked': "Post Liked on {place}: {liker} liked {author}'s post on '{topic}'",
  'topic.topic_created': "New Topic on {place}: {creator} created the topic '{title}'",
  'topic.topic_edited': "Topic Edited on {place}: {creator}'s topic '{title}'",
  'topic.topic_destroyed': "Topic Destroyed on {place}: {creator}'s topic '{title}'",
  'topic.topic_recovered': "Topic Recovered on {place}: {creator}'s topic '{title}'",
  'solved.accepted_solution':
    "Accepted Solution on {place}: {author}'s post on topic '{topic}' marked as the solution.",
};

/** What happened: from the event headers of the webhook, or from the topic `discourse.post.post_created`. */
function eventOf(m: Subject): { type: string; event: string } {
  const [, type = '', event = ''] = m.kind.split('.');
  return {
    type: headerOf(m, 'Event-Type') ?? type,
    event: headerOf(m, 'Event') ?? event,
  };
}

/** Headers are named with or without capitals. */
function headerOf(m: Subject, name: string): string | undefined {
  return m.firstText(`webhook_headers.X-Discourse-${name}`, `headers.x-discourse-${name.toLowerCase()}`);
}

function describe(m: Subject): Said | undefined {
  const { type, event } = eventOf(m);
  const root = m.at('webhook_body') === undefined ? 'body' : 'webhook_body';
  const path = `${root}.${type}`;
  const post = type === 'like' ? `${path}.post` : path;
  const author = m.text(`${post}.username`);
  const instance = headerOf(m, 'Instance');
  const liker = m.text(`${path}.user.username`);
  const creator = m.text(`${path}.created_by.username`);
  const known = `${type}.${event}` in sentences;
  const agent = { post: author, like: liker, topic: creator }[type];
  const place = instance && (instances[instance] ?? instance.replace(/^https?:\/\//, ''));
  // The message itself names no address; the words that name the topic lead there.
  const link = linkOf(m, instance, post);
  const values: Record<string, Value> = {
    place: place ?? 'Discourse',
    author: person(author),
    liker: person(liker),
    creator: person(creator),
    topic: linked(m.text(`${post}.topic_title`), link),
    title: linked(m.text(`${path}.title`), link),
    event: `${type}.${event}`,
  };
  return {
    sentence: fill(sentences[`${type}.${event}`] ?? '{place}: {event}', values),
    picture: known && agent ? avatarOf(agent) : null,
    agent: (known && agent) || null,
    people: type === 'like' || type === 'solved' ? [author] : [],
    concerns: mentionsIn(m.text(`${post}.raw`)),
    objects: [m.text(`${post}.topic_id`) ?? m.text(`${path}.id`)].map((id) => id && whole`topics/${id}`),
    touches: tagsOf(m, post),
    body: m.text(`${post}.raw`),
  };
}

function linkOf(m: Subject, instance: string | undefined, post: string): string | null | undefined {
  const slug = m.firstText(`${post}.topic_slug`, `${post}.slug`);
  const id = m.firstText(`${post}.topic_id`, `${post}.id`);
  const number = m.text(`${post}.post_number`);
  return instance && slug && id ? whole`${instance}/t/${slug}/${id}${number ? `/${number}` : ''}` : null;
}

function tagsOf(m: Subject, post: string): Key[] {
  const tags = [
    ...m.texts(`${post}.tags`),
    ...m.texts(`${post}.topic_tags`),
    ...m.texts(`${post}.tags`, 'name'),
  ];
  const category = m.text(`${post}.category_slug`);
  return [...tags, ...(category ? [category] : [])].map((tag) => `tag:${tag}` as const);
}

export const discourse: Service = { icon, schema: describe };
