// Ansible playbooks run on the infrastructure.
import { avatarOf, avatarOrMachine } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/ansible.png';
const controlled = '/srv/web/infra/ansible/';
const tree = 'http://infrastructure.fedoraproject.org/cgit/ansible.git/tree/';

const sentences: Record<string, string> = {
  start: '{user} started an ansible run of {playbook}',
  complete: "{user}'s {playbook} playbook run completed",
};

function describe(m: Subject, isNew: boolean): Said | undefined {
  const path = m.text('playbook');
  const user = m.firstText('userid');
  const template = sentences[m.action];
  const isControlled = path?.startsWith(controlled) ?? false;
  const playbook = isControlled ? path?.slice(controlled.length) : path?.split('/').at(-1);
  return {
    sentence: fill(template, {
      user: user ? person(user) : '(no user specified)',
      playbook: isNew ? path : playbook,
    }),
    link: isControlled && !isNew ? tree + playbook : null,
    picture: user ? (isNew ? avatarOf(user) : avatarOrMachine(user)) : null,
    agent: user ?? null,
    people: [user],
    objects: [
      isControlled ? playbook : whole`uncontrolled-playbooks/${playbook}`,
      ...Object.keys(m.record('results')).map((host) => whole`inventory/${host}`),
    ],
  };
}

export const ansible: Service = { icon, fedmsg: (m) => describe(m, false), schema: (m) => describe(m, true) };
