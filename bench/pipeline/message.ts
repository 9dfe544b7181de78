// The messages of the bench: every one different, each reaches 3 feeds and makes 2 values stale. Who knows a number knows
// the message, whom it reaches and what it makes stale, in whatever process.

export const PEOPLE = 10_000;
export const TEAMS = 2_000;
export const WIDGETS_EACH = 50;
/** Those who do something; their feeds and the teams' are full. */
export const ACTIVE_PEOPLE = 500;
/** Every tenth team's page is open in a browser, and so a tenth of what becomes stale is watched. */
export const isWatched = (team: number): boolean => team % 10 === 0;

const TOPIC = 'org.example.prod.discourse.post.post_created';

const personName = (person: number): string => `person-${person}`;
export const teamTag = (team: number): string => `team-${team}`;
export const widgetTag = (team: number, widget: number): string => `team-${team}-topic-${widget}`;
/** The bus's own id, without the year. */
export const messageId = (run: string, number: number): string => `${run}-${number}`;

// Prime to the numbers of teams and people, so that neighbours differ and all come to their turn.
const TEAM_STRIDE = 7_919;
const PERSON_STRIDE = 31;

export const teamOf = (number: number, teams: number): number => (number * TEAM_STRIDE) % teams;

/** A post in the forum, as Discourse's webhook tells it, in fedmsg's envelope. */
export function makeMessage(run: string, number: number, teams: number) {
  const team = teamOf(number, teams);
  const turn = 2 * Math.floor(number / teams);
  const author = personName((number * PERSON_STRIDE) % ACTIVE_PEOPLE);
  const asked = personName((number * PERSON_STRIDE + ACTIVE_PEOPLE / 2) % ACTIVE_PEOPLE);
  const raw = `@${asked}, what about the ${number}th thing? ${TEXT.slice(number % 97)}`;
  return {
    topic: TOPIC,
    msg_id: `2026-${messageId(run, number)}`,
    timestamp: Math.floor(Date.now() / 1_000),
    i: number,
    username: 'forum',
    msg: {
      webhook_headers: {
        'X-Discourse-Instance': 'https://forum.example.org',
        'X-Discourse-Event-Id': String(number),
        'X-Discourse-Event-Type': 'post',
        'X-Discourse-Event': 'post_created',
      },
      webhook_body: {
        post: {
          id: number,
          username: author,
          name: author,
          created_at: new Date().toISOString(),
          raw,
          cooked: `<p>${raw}</p>`,
          post_number: 1 + (number % 20),
          post_type: 1,
          reply_count: 0,
          reads: 0,
          score: 0,
          topic_id: number,
          topic_slug: `thing-${number}`,
          topic_title: `The ${number}th thing`,
          category_id: 5,
          category_slug: 'talk',
          topic_tags: [
            teamTag(team),
            widgetTag(team, turn % WIDGETS_EACH),
            widgetTag(team, (turn + 1) % WIDGETS_EACH),
          ],
          topic_posts_count: 1 + (number % 20),
          trust_level: 2,
          user_deleted: false,
        },
      },
    },
  };
}

const TEXT =
  'Since the last update the second screen stays dark until the cable is pulled and put back. The log says nothing ' +
  'that I could make sense of, and an older kernel does the same. Has anybody seen this, and is there a way around? ' +
  'I can try whatever you like on this machine, it is not needed for work this week.';
