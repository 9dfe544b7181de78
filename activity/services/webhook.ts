// Forges and ticket shops whose webhooks are put on the bus: the webhook's body within ours, the agent beside it.
import { isRecord } from '../../bus/bad-message.ts';
import { avatarOf } from '../avatar.ts';
import type { Said, Service, Subject } from '../rule.ts';
import { fill, linked, person } from '../sentence.ts';
import { whole } from '../words.ts';
import { describeForge } from './forge.ts';

const schemaIcon = 'https://apps.fedoraproject.org/img/icons/webhook-to-fedora-messaging.png';

/** `Merge Request Hook` and `merge_request` are one event. */
const eventOf = (m: Subject): string | undefined =>
  m
    .firstText('headers.x-forgejo-event', 'headers.x-github-event', 'headers.x-gitlab-event')
    ?.replace(' Hook', '')
    .replaceAll(' ', '_')
    .toLowerCase();

/** A webhook of GitHub, Forgejo or GitLab: the bus says only "created <event>"; what we know more is in the body. */
export function describeWebhook(m: Subject): Said | undefined {
  if (!isRecord(m.at('body'))) return describeForge(m, '', m.kind.split('.')[1] ?? '');
  const event = eventOf(m) ?? m.kind.split('.')[1];
  const agent = m.text('agent');
  const repo = m.firstText(
    'body.repository.full_name',
    'body.run.repository.full_name',
    'body.repository.name',
  );
  const forge = describeForge(m, 'body.', event ?? '');
  return {
    ...forge,
    sentence: fill('{agent} created {event}[ on {repo}]', {
      agent: person(agent),
      event: linked(event, forge.link),
      repo,
    }),
    // The words that name the event lead there.
    link: null,
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [agent],
    groups: [m.text('group')],
    body: forge.sentence?.map((part) => part.text).join('') ?? forge.body,
  };
}

function describePretix(m: Subject): Said | undefined {
  const action = m.text('body.action')?.replace(/^pretix\./, '');
  const agent = m.text('agent');
  const instance = m.text('body.instance_url');
  const places: Record<string, string> = {
    'https://rsvp.fedoraproject.org': 'Fedora ticket system',
    'https://rsvp.stg.fedoraproject.org': 'Fedora ticket system (staging)',
  };
  const way = { entry: 'entered', exit: 'exited' }[m.text('body.type') ?? ''];
  return {
    sentence: fill('{who}[ ({agent})] {did} {event} on {place}', {
      who: m.firstText('body.attendee_name') ?? 'A user',
      agent: agent && person(agent),
      did: action === 'event.checkin' && way ? way : action && `caused ${action} in`,
      event: m.text('body.event'),
      place: places[instance ?? ''] ?? 'Pretix',
    }),
    picture: agent ? avatarOf(agent) : null,
    agent: agent ?? null,
    people: [agent],
    groups: [m.text('group')],
    objects: [m.text('body.event') && whole`events/${m.text('body.event')}`],
  };
}

export const forgejo: Service = { schemaIcon, icon: schemaIcon, schema: describeWebhook };
export const gitlab: Service = { schemaIcon, icon: schemaIcon, schema: describeWebhook };
export const pretix: Service = { schemaIcon, icon: schemaIcon, schema: describePretix };
