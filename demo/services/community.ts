// Lists, meetings, calendar, badges, accounts, blog posts, wiki, releases, playbooks.
import { type Happening, say } from '../happening.ts';
import type { Person } from '../person.ts';
import { places } from '../places.ts';

export interface Mail {
  list: string;
  by: Person;
  subject: string;
  id: string;
  /** Ids of the mails before it in the thread, the first one first. */
  references: string[];
  at: Date;
}

export const mailReceived = (mail: Mail): Happening => {
  const [name = '', host = ''] = mail.list.split('@');
  const hash = mail.id
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 32);
  const archive = `https://${places.lists}/archives/list/${mail.list}/message/${hash}/`;
  return say('mailman.receive', {
    mlist: {
      display_name: name,
      list_name: name,
      mail_host: host,
      fqdn_listname: mail.list,
      list_id: mail.list.replace('@', '.'),
    },
    msg: {
      from: `${mail.by.name} <${mail.by.email}>`,
      to: mail.list,
      cc: null,
      subject: mail.subject,
      date: mail.at.toUTCString(),
      'message-id': `<${mail.id}>`,
      'x-message-id-hash': hash,
      'in-reply-to': mail.references.length > 0 ? `<${mail.references.at(-1)}>` : null,
      references: mail.references.length > 0 ? mail.references.map((id) => `<${id}>`).join(' ') : null,
      'archived-at': `<${archive}>`,
    },
    url: archive,
    sender_username: mail.by.username,
    usernames: [mail.by.username],
  });
};

export interface Meeting {
  name: string;
  room: string;
  start: Date;
  chairs: Person[];
  /** Who spoke, and how many lines. */
  lines: Map<Person, number>;
}

const stamp = (at: Date) => `${at.toISOString().slice(0, 19)}+0000`;

const minutes = (meeting: Meeting) =>
  `${places.meetings}/${meeting.name}_matrix_meadow-example/${meeting.start.toISOString().slice(0, 10)}/${meeting.name}.${meeting.start.toISOString().slice(0, 16).replace('T', '-').replace(':', '.')}`;

export const meetingStarted = (meeting: Meeting): Happening =>
  say('meetbot.meeting.start', {
    start_time: stamp(meeting.start),
    start_user: meeting.chairs[0]?.username,
    location: meeting.room,
    meeting_name: meeting.name,
  });

/** The events within a meeting come in the older form: everything about the meeting so far. */
export const meetingSaid = (
  event: 'topic.update' | 'item.help' | 'item.action' | 'item.agreed',
  meeting: Meeting,
  by: Person,
  text: string,
  at: Date,
): Happening =>
  say(`meetbot.meeting.${event}`, {
    channel: meeting.room,
    meeting_topic: meeting.name,
    topic: text,
    owner: meeting.chairs[0]?.username,
    chairs: Object.fromEntries(meeting.chairs.map((chair) => [chair.username, true])),
    attendees: Object.fromEntries([...meeting.lines].map(([person, lines]) => [person.username, lines])),
    url: minutes(meeting),
    details: { nick: by.username, line: text, linenum: 40, time_: Math.floor(at.getTime() / 1_000) },
  });

export const meetingEnded = (meeting: Meeting, end: Date): Happening =>
  say('meetbot.meeting.complete', {
    start_time: stamp(meeting.start),
    start_user: meeting.chairs[0]?.username,
    end_time: stamp(end),
    end_user: meeting.chairs[0]?.username,
    location: meeting.room,
    meeting_name: meeting.name,
    url: minutes(meeting),
    attendees: [...meeting.lines].map(([person, lines_said]) => ({ name: person.username, lines_said })),
    chairs: meeting.chairs.map((chair) => chair.username),
    logs: [
      { log_type: 'HTML Minutes', log_url: `${minutes(meeting)}.html` },
      { log_type: 'HTML Log', log_url: `${minutes(meeting)}.log.html` },
    ],
  });

export interface Appointment {
  id: number;
  name: string;
  calendar: string;
  room: string;
  manager: Person;
  start: Date;
  about: string;
}

const HOUR_MS = 3_600_000;

const appointment = (one: Appointment) => ({
  meeting_id: one.id,
  meeting_name: one.name,
  calendar_name: one.calendar,
  meeting_date: one.start.toISOString().slice(0, 10),
  meeting_date_end: one.start.toISOString().slice(0, 10),
  meeting_time_start: one.start.toISOString().slice(11, 19),
  meeting_time_stop: new Date(one.start.getTime() + HOUR_MS).toISOString().slice(11, 19),
  meeting_timezone: 'UTC',
  meeting_manager: [one.manager.username],
  meeting_location: one.room,
  meeting_region: null,
  meeting_information: one.about,
});

const calendar = (one: Appointment) => ({
  calendar_name: one.calendar,
  calendar_contact: one.manager.email,
  calendar_description: `When the ${one.calendar} team meets`,
  calendar_admin_group: one.calendar,
  calendar_editor_group: one.calendar,
  calendar_status: 'Enabled',
});

export const appointmentMade = (one: Appointment): Happening =>
  say('fedocal.meeting.new', {
    agent: one.manager.username,
    meeting: appointment(one),
    calendar: calendar(one),
  });

export const appointmentNears = (one: Appointment): Happening =>
  say('fedocal.meeting.reminder', { meeting: appointment(one), calendar: calendar(one) });

export interface Badge {
  id: string;
  name: string;
  description: string;
}

export const badgeAwarded = (badge: Badge, person: Person): Happening =>
  say('fedbadges.badge.award', {
    user: { username: person.username, badges_user_id: person.username.length * 31 },
    badge: {
      badge_id: badge.id,
      name: badge.name,
      description: badge.description,
      image_url: `${places.badges}/pngs/${badge.id}.png`,
    },
  });

export const rankAdvanced = (person: Person, from: number, to: number): Happening =>
  say('fedbadges.person.rank.advance', {
    person: {
      id: person.username.length * 31,
      nickname: person.username,
      email: person.email,
      bio: '',
      website: '',
      opt_out: false,
      rank: to,
    },
    old_rank: from,
  });

export const memberSponsored = (group: string, person: Person, sponsor: Person): Happening =>
  say('fas.group.member.sponsor', {
    agent: { username: sponsor.username },
    user: { username: person.username },
    group: { name: group },
  });

export const blogPost = (person: Person, title: string, text: string, at: Date): Happening => {
  const link = `https://${person.username}.meadow.example/${at.toISOString().slice(0, 10)}-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return say('planet.post.new', {
    username: person.username,
    name: person.name,
    face: null,
    post: {
      id: link,
      link,
      links: [{ href: link, type: 'text/html', rel: 'alternate' }],
      title,
      summary: text,
      content: [{ type: 'text/html', value: `<p>${text}</p>`, base: link, language: null }],
      updated: at.toUTCString(),
      updated_parsed: Math.floor(at.getTime() / 1_000),
      tags: [],
    },
  });
};

export const wikiEdit = (person: Person, title: string, summary: string, revision: number): Happening =>
  say('wiki.article.edit', {
    user: person.username,
    title,
    summary,
    minor_edit: 0,
    watch_this: null,
    base_rev_id: false,
    section_anchor: null,
    revision: null,
    text: 'The diff goes here...',
    url: `${places.wiki}/w/index.php?title=${encodeURIComponent(title)}&diff=${revision}&oldid=${revision - 1}`,
  });

export const composeLog = (log: 'start' | 'complete', id: string): Happening =>
  say(`compose.rawhide.${log}`, {
    log: log === 'start' ? 'start' : 'done',
    branch: 'rawhide',
    arch: '',
    compose_id: id,
  });

export const composeStatus = (id: string, status: 'STARTED' | 'FINISHED' | 'DOOMED'): Happening =>
  say('pungi.compose.status.change', {
    compose_id: id,
    compose_label: null,
    location: `${places.builds}/compose/rawhide/${id}/compose`,
    status,
  });

export const playbook = (
  event: 'start' | 'complete',
  person: Person,
  name: string,
  host: string,
): Happening =>
  say(`ansible.playbook.${event}`, {
    userid: person.username,
    playbook: `/srv/web/infra/ansible/playbooks/${name}`,
    ...(event === 'complete'
      ? { results: { [host]: { ok: 56, changed: 1, skipped: 9, failures: 0, unreachable: 0 } } }
      : {
          extra_vars: {},
          inventory: ['/srv/web/infra/ansible/inventory'],
          playbook_checksum: null,
          check: false,
        }),
  });
