// FreeIPA's journal: accounts made, members added to groups and removed. Never says the address a parameter may hold.
import { avatarOf } from '../avatar.ts';
import { text, texts } from '../read.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, joinedBy, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/ipa.png';

/** The parameters of the call are JSON within the journal's field. */
function readParameters(m: Subject): unknown {
  try {
    return JSON.parse(m.text('IPA_API_PARAMS') ?? '{}');
  } catch {
    // The journal cuts long fields: the sentence does without what they held.
    return {};
  }
}

function describe(m: Subject): Said | undefined {
  const agent = m.text('IPA_API_ACTOR')?.split('@')[0];
  if (!agent) return undefined;
  const parameters = readParameters(m);
  const group = text(parameters, 'cn');
  const user = text(parameters, 'uid');
  const users = texts(parameters, 'user');
  const groups = texts(parameters, 'group');
  const command = m.text('IPA_API_COMMAND') ?? m.kind.split('.')[1];
  const verb = command?.includes('remove') ? 'removed' : 'added';
  const listed = (names: string[], word: string) =>
    names.length === 0 ? undefined : ([`${word}${names.length === 1 ? '' : 's'} `, names] as const);
  const [userWord, groupWord] = [listed(users, 'user'), listed(groups, 'group')];
  const sentence = command?.startsWith('user_add')
    ? fill('{agent} created user "{user}"', { agent: person(agent), user: user && person(user) })
    : fill(
        'User {agent} has {verb} [{userWord}{users}][{and}][{groupWord}{groups}] {where} group "{group}"',
        {
          agent: person(agent),
          verb,
          userWord: userWord?.[0],
          users: joinedBy(users.map(person), ', '),
          and: userWord && groupWord ? ' and ' : undefined,
          groupWord: groupWord?.[0],
          groups: groups.join(', '),
          where: verb === 'added' ? 'to' : 'from',
          group,
        },
      );
  return {
    sentence,
    picture: avatarOf(agent),
    agent,
    people: [agent, user, ...users],
    groups: [group, ...groups],
    objects: [...users.map((name) => whole`users/${name}`), ...(group ? [whole`groups/${group}`] : [])],
  };
}

export const ipa: Service = { icon, schema: describe };
