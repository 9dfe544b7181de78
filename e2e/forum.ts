import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Forum {
  url: string;
  /** Starts a topic; it carries every tag that is asked for. */
  addTopic(title: string): void;
  /** From now on it answers with this status and nothing else; 200 for as before. */
  answerWith(status: number): void;
  /** How often it was asked. */
  asked(): number;
  close(): Promise<void>;
}

/** Stands in for a Discourse: answers `/tag/<tag>.json` in its form, after `answerMs`. */
export async function openForum(answerMs = 0): Promise<Forum> {
  const topics: object[] = [];
  let status = 200;
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    if (answerMs > 0) await delay(answerMs);
    const isTag = /^\/tag\/[\w-]+\.json$/.test(request.url ?? '');
    if (!isTag || status !== 200) return response.writeHead(isTag ? status : 404).end();
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify({ users, topic_list: { topics } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addTopic: (title) => topics.unshift(makeTopic(topics.length + 1, title)),
    asked: () => asked,
    answerWith: (given) => {
      status = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const users = [{ id: 1, username: 'amara', avatar_template: null }];

function makeTopic(id: number, title: string): object {
  const now = new Date().toISOString();
  return {
    id,
    title,
    slug: `topic-${id}`,
    posts_count: 1,
    views: 3,
    created_at: now,
    last_posted_at: now,
    bumped_at: now,
    visible: true,
    closed: false,
    archived: false,
    tags: ['garden'],
    posters: [{ user_id: 1 }],
  };
}
