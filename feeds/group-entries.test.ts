import { expect, test } from 'vitest';
import { joinParts } from '../activity/activity.ts';
import { describe } from '../activity/describe.ts';
import { fromFedmsg } from '../bus/fedmsg.ts';
import { dayNumber } from '../ui/words.ts';
import { groupEntries } from './group-entries.ts';
import type { ToldEntry } from './told-entry.ts';

const midnight = Date.UTC(2026, 4, 2);

/** A commit to rpms/lamp, so many minutes after midnight in Greenwich. */
function commit(id: string, minute: number): ToldEntry {
  const message = fromFedmsg({
    topic: 'org.fedoraproject.prod.git.receive',
    msg: {
      commit: { username: 'ana', repo: 'lamp', namespace: 'rpms', branch: 'rawhide', summary: id, rev: id },
    },
    msg_id: id,
    timestamp: midnight / 1_000 + minute * 60,
  });
  const activity = describe(message);
  return { id, time: message.time, kind: activity.kind, service: 'git', message, activity, sources: [] };
}

const inZone = (timeZone: string) => ({ dayOf: (time: number) => dayNumber(time, timeZone), since: null });
const idsIn = (entries: ToldEntry[], cut: Parameters<typeof groupEntries>[1]) =>
  groupEntries(entries, cut).map((one) => ('entries' in one ? one.entries.map(({ id }) => id) : one.id));

const pushed = [commit('d', 30), commit('c', 10), commit('b', -10), commit('a', -30)];

test('what belongs together is one entry, whose sentence speaks of all', () => {
  const [group, ...others] = groupEntries(pushed.slice(0, 2), inZone('UTC'));
  expect(others).toEqual([]);
  if (!group || !('entries' in group)) throw new Error('two commits of one push are a group');
  expect(joinParts(group.parts)).toContain('2 commits');
});

test('nothing is grouped over the reader’s midnight, wherever they are', () => {
  expect(idsIn(pushed, inZone('UTC'))).toEqual([
    ['d', 'c'],
    ['b', 'a'],
  ]);
  expect(idsIn(pushed, inZone('Asia/Tokyo'))).toEqual([['d', 'c', 'b', 'a']]);
});

test('what came since the reader’s last visit does not hide in what they know', () => {
  const since = midnight + 20 * 60_000;
  expect(idsIn(pushed, { ...inZone('Asia/Tokyo'), since })).toEqual(['d', ['c', 'b', 'a']]);
});

test('nothing is lost or told twice, and what stands alone stays as it is', () => {
  const alone = { ...commit('x', 5), message: { ...commit('x', 5).message, topic: 'org.example.prod.a.b' } };
  const given = [...pushed, alone].sort((a, b) => b.time - a.time);
  expect(idsIn(given, inZone('UTC')).flat().sort()).toEqual(['a', 'b', 'c', 'd', 'x']);
  expect(groupEntries(given, inZone('UTC'))).toContain(alone);
});
