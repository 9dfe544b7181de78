// The demo's forum: the topics its bus messages speak about, in Discourse's shapes, over HTTP; and its calendars.
import { createServer, type Server } from 'node:http';
import { answerCalendar } from './calendar.ts';
import type { Person } from './person.ts';
import { discourseTopicList } from './services/discourse.ts';
import type { Post, Topic } from './topic.ts';

/** A tag has the newest; what is older is forgotten. */
const TOPICS_PER_TAG = 12;

export class Forum {
  readonly url: string;
  readonly #tags: Map<string, Topic[]>;
  readonly #now: () => Date;
  #lastId = 0;

  constructor(url: string, tags: string[], now: () => Date) {
    this.url = url;
    this.#now = now;
    this.#tags = new Map(tags.map((tag) => [tag, []]));
    // Ids go up from start to start, so a link of yesterday never shows another topic.
    this.#lastId = Math.floor(now().getTime() / 1_000) % 1_000_000_000;
  }

  open(title: string, tag: string, by: Person, text: string, at = this.#now()): Topic {
    const topic: Topic = {
      id: ++this.#lastId,
      title,
      slug: slugify(title),
      tags: [tag],
      posts: [],
      views: 1,
      likes: 0,
      solved: false,
    };
    this.reply(topic, by, text, at);
    const topics = this.#tags.get(tag) ?? [];
    this.#tags.set(tag, [topic, ...topics].slice(0, TOPICS_PER_TAG));
    return topic;
  }

  reply(topic: Topic, by: Person, text: string, at = this.#now()): Post {
    const post = { id: ++this.#lastId, by, text, at };
    topic.posts.push(post);
    topic.views += 3;
    return post;
  }

  topicsOf(tag: string): Topic[] | undefined {
    return this.#tags.get(tag);
  }

  /** The topic of this title that is still there. */
  titled(tag: string, title: string): Topic | undefined {
    return this.#tags.get(tag)?.find((topic) => topic.title === title);
  }

  find(id: number): Topic | undefined {
    return [...this.#tags.values()].flat().find((topic) => topic.id === id);
  }
}

const notFound = {
  errors: ['The requested URL or resource could not be found.'],
  error_type: 'not_found',
};

/** Serves the forum on 127.0.0.1, and below `/calendar` the calendars of these names. */
export async function serveForum(port: number, forum: Forum, calendars: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/calendar/')) {
      const answer = answerCalendar(calendars, pathname.slice('/calendar'.length), searchParams);
      if (!answer) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': `${answer.type}; charset=utf-8` }).end(answer.body);
    }
    const tag = /^\/tag\/([^/]+)\.json$/.exec(pathname)?.[1];
    const topics = tag === undefined ? undefined : forum.topicsOf(decodeURIComponent(tag));
    const id = /^\/t\/[^/]+\/(\d+)$/.exec(pathname)?.[1];
    const topic = id === undefined ? undefined : forum.find(Number(id));
    if (topic)
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(topic));
    return response
      .writeHead(topics ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(topics ? discourseTopicList(topics) : notFound));
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return server;
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(topic: Topic): string {
  const posts = topic.posts.map(
    (post) =>
      `<article><h2>${escapeHtml(post.by.name)}</h2><time>${post.at.toISOString()}</time><p>${escapeHtml(post.text)}</p></article>`,
  );
  return `<!doctype html><html lang="en"><title>${escapeHtml(topic.title)}</title><h1>${escapeHtml(topic.title)}</h1>${posts.join('')}</html>`;
}

const slugify = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
