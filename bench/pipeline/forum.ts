// A process of its own: stands in for a Discourse that answers every tag in 5 ms.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerParent } from './helper.ts';

const ANSWER_MS = 5;

const now = new Date().toISOString();
const topic = (id: number) => ({
  id,
  title: `The ${id}th thing`,
  slug: `thing-${id}`,
  posts_count: 3,
  views: 20,
  created_at: now,
  last_posted_at: now,
  bumped_at: now,
  visible: true,
  closed: false,
  archived: false,
  tags: ['talk'],
  posters: [{ user_id: 1 }],
});
const answer = JSON.stringify({
  users: [{ id: 1, username: 'person-1', avatar_template: null }],
  topic_list: { topics: Array.from({ length: 10 }, (_, at) => topic(at + 1)) },
});
let asked = 0;

const server = createServer((_request, response) => {
  asked += 1;
  setTimeout(() => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(answer);
  }, ANSWER_MS);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
await once(server, 'listening');

answerParent({ asked: () => asked });
