// A team talks: in the forum, on its list, in a meeting.
import type { Story } from '../happening.ts';
import type { Person } from '../person.ts';
import {
  appointmentMade,
  appointmentNears,
  type Meeting,
  mailReceived,
  meetingEnded,
  meetingSaid,
  meetingStarted,
} from '../services/community.ts';
import { discourseLike, discoursePost, discourseTopic } from '../services/discourse.ts';
import { replies } from '../words.ts';
import type { Team, World } from '../world.ts';

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = 1_800_000;

const titlesOf = ({ words }: Team): string[] => [
  ...words.topics,
  ...words.tasks.flatMap((task) => [`Proposal: ${task}`, `Who would help? ${task}`]),
];

/** What the forum has before the bus speaks: two topics, of which one nobody answered. */
export function fillForum({ chance, forum, now }: World, team: Team): void {
  for (const [at, title] of chance.some(team.words.topics, 2).entries()) {
    const openedAt = new Date(now().getTime() - (at + 2) * 9 * HOUR_MS);
    const topic = forum.open(
      title,
      team.tag,
      chance.pick(team.members),
      `${title} What do you think?`,
      openedAt,
    );
    if (at > 0) continue;
    for (const [hours, by] of chance.some(team.members, 3).entries()) {
      const text = chance.pick(replies);
      forum.reply(topic, by, text, new Date(openedAt.getTime() + (hours + 1) * HOUR_MS));
    }
  }
}

export function* forumStory(world: World, team: Team): Story {
  const { chance, forum, people } = world;
  const someone = chance.next() < 0.5 ? chance.pick(people) : chance.pick(team.members);
  const title = chance.pick(titlesOf(team));
  const known = forum.titled(team.tag, title);
  const topic = known ?? forum.open(title, team.tag, someone, `${title} Tell me what you think, please.`);
  if (!known) yield discourseTopic(forum.url, 'topic_created', topic);
  for (const person of chance.some(team.members, chance.whole(1, 3))) {
    const post = forum.reply(topic, person, chance.pick(replies));
    yield discoursePost(forum.url, topic, post);
  }
  const asker = topic.posts.at(0)?.by;
  const answer = topic.posts.find((post) => post.by !== asker);
  if (!asker || !answer) return;
  topic.likes++;
  yield discourseLike(forum.url, topic, answer, asker);
  topic.solved = true;
  if (!topic.tags.includes('answered')) topic.tags.push('answered');
  yield discourseTopic(forum.url, 'topic_edited', topic);
}

export function* listStory(world: World, team: Team): Story {
  const { chance, now } = world;
  const subject = chance.pick(team.words.threads);
  const references: string[] = [];
  const writers = [chance.pick(world.people), ...chance.some(team.members, chance.whole(2, 3))];
  for (const [at, by] of writers.entries()) {
    const id = `${chance.hex(24)}@meadow.example`;
    yield mailReceived({
      list: team.list,
      by,
      subject: `[${team.list.split('@')[0]}] ${at > 0 ? 'Re: ' : ''}${subject}`,
      id,
      references: [...references],
      at: now(),
    });
    references.push(id);
  }
}

export function* meetingStory(world: World, team: Team): Story {
  const { chance, now, number } = world;
  const chair = chance.pick(team.sponsors);
  const room = `#${team.name}:meadow.example`;
  const appointment = {
    id: number(),
    name: `${team.name} team meeting`,
    calendar: team.name,
    room,
    manager: chair,
    start: new Date(Math.ceil(now().getTime() / HOUR_MS) * HOUR_MS),
    about: `Agenda: ${team.words.agenda.join(', ')}.`,
  };
  yield appointmentMade(appointment);
  yield appointmentNears(appointment);
  const lines = new Map<Person, number>([[chair, 12]]);
  for (const person of chance.some(team.members, 4)) lines.set(person, chance.whole(3, 40));
  const meeting: Meeting = {
    name: team.name,
    room,
    start: new Date(now().getTime() - HALF_HOUR_MS),
    chairs: [chair],
    lines,
  };
  yield meetingStarted(meeting);
  yield meetingSaid('topic.update', meeting, chair, chance.pick(team.words.agenda), now());
  yield meetingSaid('item.agreed', meeting, chair, chance.pick(team.words.tasks), now());
  const helper = chance.pick(team.members);
  yield meetingSaid(
    'item.action',
    meeting,
    chair,
    `${helper.username} to look into: ${chance.pick(team.words.tasks)}`,
    now(),
  );
  yield meetingSaid('item.help', meeting, chair, chance.pick(team.words.help), now());
  yield meetingEnded(meeting, now());
}
