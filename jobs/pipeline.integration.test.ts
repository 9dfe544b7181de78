// Triage and worker together: where messages get to.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streams } from '../bus/streams.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { message, openPipelineStage, post, push } from '../testing/pipeline-stage.ts';
import { until } from '../testing/stores.ts';
import { refreshInterests } from '../widgets/interests.ts';

const stage = await openPipelineStage();
const { redis, pool, database, feeds, forum } = stage;
const { start, stop, publish, isDone, makeTeam, lookAt, entryIds, noticesFor, loadedOf } = stage;
beforeAll(start);
afterAll(stage.close);

test('a message about a package reaches the team that owns it, with the reason, and nobody else', async () => {
  const owner = await makeTeam('terminal', { packages: ['guake'] });
  const other = await makeTeam('others', { packages: ['gimp'] });
  const about = push('mira', 'guake');
  await publish(about);
  await until(async () => (await entryIds(owner.id)).includes(about.id));
  expect((await feeds.read(owner.id))[0]).toMatchObject({
    why: 'package:guake',
    agent: 'mira',
    kind: 'git.receive',
  });
  expect(await entryIds(other.id)).toEqual([]);
  // The notice goes out with the acknowledgement, after the entry.
  await until(async () => (await redis.xlen(streams.work)) === 0);
  expect(await noticesFor(owner.id)).toEqual([{ hub: owner.id, what: 'entry', audience: 'public' }]);
});

test('what members do stands in the feed of a team that owns nothing, from the commit on that makes them members', async () => {
  const team = await makeTeam('friends', {});
  const person = await database.person.create({ data: { username: 'Jonas' } });
  const before = push('jonas', 'gimp');
  await publish(before);
  await database.role.create({
    data: { hubId: team.id, personId: person.id, name: 'member', source: 'accounts' },
  });
  const after = push('jonas', 'gimp');
  await publish(after);
  await until(async () => (await entryIds(team.id)).includes(after.id));
  await database.hub.update({ where: { id: team.id }, data: { membersActivity: false } });
  const unwanted = push('jonas', 'gimp');
  const last = push('jonas', 'guake');
  await publish(unwanted, last);
  const terminal = await database.hub.findFirstOrThrow({ where: { name: 'terminal' } });
  await until(async () => (await entryIds(terminal.id)).includes(last.id));
  expect((await entryIds(team.id)).includes(unwanted.id)).toBe(false);
});

test('a change of what a team owns or shows is in force with its commit, not before, and never if it is undone', async () => {
  const team = await makeTeam('moving', {}, [{ kind: 'discussion', settings: { tag: 'before' } }]);
  forum.answer(200, 'Moved');
  const move = async (tx: Prisma.TransactionClient) => {
    await tx.hub.update({ where: { id: team.id }, data: { packages: ['moved'] } });
    await tx.widget.updateMany({ where: { hubId: team.id }, data: { settings: { tag: 'after' } } });
    await refreshInterests(tx, team.id);
    await publish(push('mira', 'moved'), post('after'));
    await until(isDone);
  };
  const inTime = { timeout: 20_000 };
  const undone = database.$transaction(async (tx) => {
    await move(tx);
    throw new Error('undone');
  }, inTime);
  await expect(undone).rejects.toThrow('undone');
  await publish(push('mira', 'moved'), post('after'));
  await until(isDone);
  expect(await entryIds(team.id)).toEqual([]);

  await database.$transaction(move, inTime);
  expect(await entryIds(team.id)).toEqual([]);
  expect(forum.asked).toBe(0);
  await lookAt(team.id);
  const late = push('mira', 'moved');
  await publish(late, post('after'), post('before'));
  await until(async () => (await loadedOf(team.id))?.value);
  await until(isDone);
  expect(await entryIds(team.id)).toEqual([late.id]);
  expect(forum.asked).toBe(1);
});

test('an issue reaches its author’s hub, the team of the project, and the streams of whom it assigns and mentions', async () => {
  const team = await makeTeam('tracked', { projects: ['garden/tracker'] });
  const makeOwn = (type: 'user' | 'stream', name: string) =>
    database.$transaction(async (tx) => {
      const person = await tx.person.upsert({
        where: { username: name },
        create: { username: name },
        update: {},
      });
      const roles = { create: { personId: person.id, name: 'owner', source: 'hubs' } } as const;
      const visibility = type === 'stream' ? 'private' : 'public';
      const hub = await tx.hub.create({ data: { type, name, visibility, roles } });
      await refreshInterests(tx, hub.id);
      return hub;
    });
  const author = await makeOwn('user', 'Amara');
  const [stream, assigned, mentioned] = [
    await makeOwn('stream', 'Amara'),
    await makeOwn('stream', 'bjarke'),
    await makeOwn('stream', 'Chioma'),
  ];
  const comment = (more: object = {}) =>
    message({
      topic: 'org.fedoraproject.prod.github.issues',
      category: 'github',
      body: {
        agent: 'amara',
        headers: { 'x-github-event': 'issues', 'x-hub-signature': 'sha1=secret' },
        body: {
          action: 'assigned',
          sender: { login: 'amara' },
          issue: {
            number: 7,
            title: 'Water',
            body: 'Please look, @chioma',
            user: { login: 'amara' },
            assignees: [{ login: 'bjarke' }],
          },
          repository: { full_name: 'garden/tracker', ...more },
        },
      },
    });
  const hidden = comment({ private: true });
  const open = comment();
  await publish(hidden, open);
  for (const hub of [author, team, assigned, mentioned])
    await until(async () => (await entryIds(hub.id)).includes(open.id));
  for (const hub of [author, team, assigned, mentioned]) {
    expect(await entryIds(hub.id)).toEqual([open.id]);
    expect(JSON.stringify(await feeds.read(hub.id))).not.toContain('sha1=secret');
  }
  expect(await entryIds(stream.id)).toEqual([]);
});

test('the same message twice is one entry and one notice, and counts once', async () => {
  const team = await makeTeam('once', { packages: ['once'] });
  const twice = push('mira', 'once');
  await publish(twice);
  await until(async () => (await entryIds(team.id)).length === 1);
  await publish(twice);
  const next = push('mira', 'once');
  await publish(next);
  await until(async () => (await entryIds(team.id)).includes(next.id));
  expect(await entryIds(team.id)).toEqual([next.id, twice.id]);
  // All of the work is acknowledged, so all of it is counted.
  await until(async () => (await redis.xlen(streams.work)) === 0);
  expect(
    await database.hubDay.findMany({ where: { hubId: team.id }, select: { kind: true, n: true } }),
  ).toEqual([{ kind: 'git.receive', n: 2 }]);
});

test('what arrives while nobody works is done once somebody does', async () => {
  const team = await makeTeam('patient', { packages: ['patient'] });
  await stop();
  const missed = push('mira', 'patient');
  await publish(missed);
  await start();
  await until(async () => (await entryIds(team.id)).includes(missed.id));
});

test('what the bus says of a group’s members gives nobody a role: it asks for the group to be read', async () => {
  const team = await makeTeam('asked-group', {});
  const msg = { agent: 'amara', user: 'mira', group: 'asked-group' };
  const topic = 'org.fedoraproject.prod.fas.group.member.sponsor';
  await publish(message({ topic, category: 'fas', environment: 'prod', body: { msg } }));
  await until(async () => {
    const sql = `SELECT FROM graphile_worker.jobs WHERE key = 'read-group:asked-group' AND run_at > now()`;
    return (await pool.query(sql)).rowCount === 1;
  });
  expect(await database.role.count({ where: { hubId: team.id } })).toBe(0);
});
