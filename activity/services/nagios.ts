// Nagios: hosts and services that go down and come back.
import { avatarOrMachine } from '../avatar.ts';
import type { Service } from '../rule.ts';
import { fill, person } from '../sentence.ts';
import { personOfOpenId, whole } from '../words.ts';

const icon = 'https://apps.fedoraproject.org/img/icons/nagios-logo.png';
const states: Record<string, string> = { CRITICAL: 'down', WARNING: 'having problems', OK: 'back up' };

export const nagios: Service = {
  icon,
  fedmsg: (m) => {
    const isHost = m.kind.endsWith('host.state.change');
    const isService = m.kind.endsWith('service.state.change');
    const acknowledged = m.text('type') === 'ACKNOWLEDGEMENT';
    const people = [m.firstText('service_ack_author'), m.firstText('host_ack_author')].flatMap((author) =>
      author ? [personOfOpenId(author)] : [],
    );
    const [agent] = people;
    const host = m.text('host');
    const service = m.text('service');
    const template = isHost ? '{host} is {state}' : isService ? '{service} is {state} on {host}' : undefined;
    return {
      sentence: fill(template && `[{agent} acknowledged that ]${template}[: "{output}"]`, {
        agent: acknowledged ? person(agent) : undefined,
        host,
        service: service ?? 'some service',
        state: states[m.text('state') ?? ''] ?? 'in an unknown state',
        output: m.text('output'),
      }),
      link: host
        ? whole`https://admin.fedoraproject.org/nagios/cgi-bin/status.cgi?navbarsearch=1&host=${host}`
        : null,
      picture: agent ? avatarOrMachine(agent) : icon,
      agent: agent ?? null,
      people,
      objects: [whole`${host}/${isHost ? 'state' : (service ?? 'unknown')}`],
    };
  },
};
