import { spawn } from 'node:child_process';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ical from 'node-ical';
import { expect, onTestFinished, test } from 'vitest';
import { Subscriber } from 'zeromq';
import { answerCalendar } from './calendar.ts';
import { makeEnvelopes } from './envelope.ts';
import type { Happening } from './happening.ts';
import { canonical, makeSigner } from './sign.ts';
import { tellStories } from './tell-stories.ts';
import { openWorld } from './world.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const now = () => new Date('2026-05-04T12:00:00Z');

function tell(count: number, seed = 1): Happening[] {
  const stories = tellStories(openWorld({ seed, forumUrl: 'http://127.0.0.1:9941', now }));
  return Array.from({ length: count }, () => stories.next().value);
}

const topicWord = (happening: Happening) => happening.topic.split('.')[3];

test.each([1, 2, 3])('400 messages speak of 20 services and 50 topics (seed %i)', (seed) => {
  const told = tell(400, seed);
  expect(new Set(told.map(topicWord)).size).toBeGreaterThanOrEqual(20);
  expect(new Set(told.map((happening) => happening.topic)).size).toBeGreaterThanOrEqual(50);
});

test('the first 100 messages speak of 12 services and 25 topics', () => {
  const told = tell(100);
  expect(new Set(told.map(topicWord)).size).toBeGreaterThanOrEqual(12);
  expect(new Set(told.map((happening) => happening.topic)).size).toBeGreaterThanOrEqual(25);
});

test('no team is silent for long: of any 60 messages each team has some', () => {
  const told = tell(600).map(({ body }) => JSON.stringify(body));
  const { teams } = openWorld({ seed: 1, forumUrl: 'http://127.0.0.1:9941', now });
  for (let from = 0; from + 60 <= told.length; from += 20) {
    const part = told.slice(from, from + 60);
    const silent = teams.filter((team) => {
      const own = [...team.projects, ...team.packages, team.list, `"${team.tag}"`];
      return !part.some((body) => own.some((name) => body.includes(name)));
    });
    expect(silent.map((team) => team.name)).toEqual([]);
  }
});

test('the same seed tells the same stories', () => {
  expect(tell(300, 7)).toEqual(tell(300, 7));
  expect(tell(300, 7)).not.toEqual(tell(300, 8));
});

test('every message names somebody or something of the accounts file', () => {
  const world = openWorld({ seed: 1, forumUrl: 'http://127.0.0.1:9941', now });
  const names = [
    ...world.people.map((person) => person.username),
    ...world.teams.flatMap((team) => [team.name, team.list, ...team.projects, ...team.packages]),
  ];
  // Composes are everybody's.
  const told = tell(500).filter((one) => !/\.(compose|pungi)\./.test(one.topic));
  const strangers = told.filter(({ body }) => !names.some((name) => JSON.stringify(body).includes(name)));
  expect(strangers.map((happening) => happening.topic)).toEqual([]);
});

test('canonical JSON: sorted, tight, ASCII', () => {
  expect(canonical({ b: 'é😀', a: [1, true, null, '"\\\n\u007f'], 'A-c': undefined })).toBe(
    '{"a":[1,true,null,"\\"\\\\\\n\\u007f"],"b":"\\u00e9\\ud83d\\ude00"}',
  );
});

/** As fedmsg verifies: the certificate is the authority's, the signature the certificate's. */
function isGenuine(envelope: Record<string, unknown>, ca: string): boolean {
  const { signature, certificate, ...signed } = envelope;
  const leaf = new X509Certificate(Buffer.from(String(certificate), 'base64'));
  const authority = new X509Certificate(ca);
  return (
    leaf.checkIssued(authority) &&
    leaf.verify(createPublicKey(ca)) &&
    verify(
      'RSA-SHA1',
      Buffer.from(canonical(signed)),
      leaf.publicKey,
      Buffer.from(String(signature), 'base64'),
    )
  );
}

test('every message is a signed fedmsg envelope; one that was changed is not genuine', async () => {
  const signer = await makeSigner();
  const toFrames = makeEnvelopes(signer, now);
  for (const [at, happening] of tell(200).entries()) {
    const [topic, json] = toFrames(happening);
    const envelope = JSON.parse(json);
    expect(topic).toMatch(/^(org\.fedoraproject|io\.pagure|org\.release-monitoring)\.dev\.[a-z0-9._-]+$/);
    expect(envelope).toEqual({
      topic,
      msg: JSON.parse(JSON.stringify(happening.body)),
      timestamp: now().getTime() / 1_000,
      msg_id: expect.stringMatching(/^2026-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      i: at + 1,
      username: 'demo',
      crypto: 'x509',
      signature: expect.stringMatching(/^([A-Za-z0-9+/=]{1,76}\n)+$/),
      certificate: expect.stringMatching(/^([A-Za-z0-9+/=]{1,76}\n)+$/),
    });
    expect(isGenuine(envelope, signer.ca)).toBe(true);
    expect(isGenuine({ ...envelope, i: 99_999 }, signer.ca)).toBe(false);
  }
  const [, json] = toFrames({ topic: 'org.fedoraproject.dev.x', body: {} });
  expect(isGenuine(JSON.parse(json), (await makeSigner()).ca)).toBe(false);
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('the process publishes, its forum has the topics it speaks of, and SIGTERM ends it at once', async () => {
  const [busPort, forumPort] = [await freePort(), await freePort()];
  const caFile = join(mkdtempSync(join(tmpdir(), 'hubs-demo-')), 'ca.pem');
  const demo = spawn(process.execPath, [join(folder, 'main.ts')], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      DEMO_BUS_PORT: String(busPort),
      DEMO_FORUM_PORT: String(forumPort),
      DEMO_CA_FILE: caFile,
      DEMO_PACE: '20',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void demo.kill('SIGKILL'));
  const [line] = await once(createInterface(demo.stdout), 'line');
  expect(line).toBe('demo: ready');

  const subscriber = new Subscriber({ receiveTimeout: 10_000 });
  onTestFinished(() => subscriber.close());
  subscriber.subscribe('');
  subscriber.connect(`tcp://127.0.0.1:${busPort}`);
  const ca = readFileSync(caFile, 'utf8');
  let created: { id: number; title: string; slug: string; tags: string[] } | undefined;
  for await (const frames of subscriber) {
    expect(frames).toHaveLength(2);
    const envelope = JSON.parse(String(frames[1]));
    expect(envelope.topic).toBe(String(frames[0]));
    expect(isGenuine(envelope, ca)).toBe(true);
    if (envelope.topic.endsWith('discourse.topic.topic_created')) {
      created = envelope.msg.webhook_body.topic;
      break;
    }
  }
  const forum = `http://127.0.0.1:${forumPort}`;
  const list = await fetch(`${forum}/tag/${created?.tags[0]}.json`);
  expect(list.status).toBe(200);
  const { users, topic_list } = await list.json();
  const listed = topic_list.topics.find((topic: { id: number }) => topic.id === created?.id);
  expect(listed).toMatchObject({ title: created?.title, visible: true, archived: false });
  expect(users.map((user: { id: number }) => user.id)).toContain(listed.posters[0].user_id);
  const page = await fetch(`${forum}/t/${created?.slug}/${created?.id}`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${forum}/tag/nothing.json`)).status).toBe(404);

  const endedAt = performance.now();
  demo.kill('SIGTERM');
  expect(await once(demo, 'exit')).toEqual([0, null]);
  expect(performance.now() - endedAt).toBeLessThan(5_000);
}, 40_000);

test('the demo imports nothing of Hubs: only packages, Node and its own files', async () => {
  const imports: string[] = [];
  for await (const file of glob('**/*.ts', { cwd: folder })) {
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, name = ''] of source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      if (!name.startsWith('.')) continue;
      imports.push(join('/demo', file, '..', name));
    }
  }
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((path) => !path.startsWith('/demo/'))).toEqual([]);
});

test('the rules of the demo’s calendars say what their lists say', () => {
  const { teams } = openWorld({ seed: 1, forumUrl: 'http://127.0.0.1:9941', now });
  const names = teams.map((team) => team.name);
  const [from, to] = [new Date('2026-05-04T00:00Z'), new Date('2026-05-17T23:59Z')];
  for (const calendar of names) {
    const query = new URLSearchParams({ calendar, start: '2026-05-04', end: '2026-05-17' });
    const listed: { meeting_name: string; meeting_date: string; meeting_time_start: string }[] = JSON.parse(
      answerCalendar(names, '/api/meetings/', query)?.body ?? '',
    ).meetings;
    const events = ical.sync.parseICS(answerCalendar(names, `/ical/${calendar}/`, query)?.body ?? '');
    const byRule = Object.values(events).flatMap((event) =>
      event?.type === 'VEVENT' ? ical.expandRecurringEvent(event, { from, to }) : [],
    );
    expect(byRule.map(({ start, summary }) => `${start.toISOString()} ${summary}`).sort()).toEqual(
      listed.map((one) => `${one.meeting_date}T${one.meeting_time_start}.000Z ${one.meeting_name}`).sort(),
    );
  }
});

test('each team has calendars in Fedocal’s form: a call each day, a meeting each week', () => {
  const { teams } = openWorld({ seed: 1, forumUrl: 'http://127.0.0.1:9941', now });
  const names = teams.map((team) => team.name);
  const query = (calendar: string) =>
    new URLSearchParams({ calendar, start: '2026-05-04', end: '2026-05-10' });
  for (const name of names) {
    const answer = answerCalendar(names, '/api/meetings/', query(name));
    const meetings: { meeting_id: number; meeting_date: string }[] = JSON.parse(answer?.body ?? '').meetings;
    const [first] = meetings;
    expect(meetings).toHaveLength(8);
    expect(new Set(meetings.map((meeting) => meeting.meeting_id)).size).toBe(2);
    expect(answerCalendar(names, `/meeting/${first?.meeting_id}/`, new URLSearchParams())?.type).toBe(
      'text/html',
    );
    expect(answerCalendar(names, `/${name}/`, new URLSearchParams())?.body).toContain(`${name} meeting`);
  }
  expect(answerCalendar(names, '/ical/nobody/', new URLSearchParams())).toBeNull();
  expect(answerCalendar(names, '/api/meetings/', query('nobody'))?.body).toContain('"meetings":[]');
  expect(answerCalendar(names, '/meeting/999/', new URLSearchParams())).toBeNull();
});
