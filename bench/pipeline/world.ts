// The world of the bench, put straight into the database: people with hubs of their own, teams, widgets, full feeds.
import type { Pool } from '../../prisma/client.ts';
import { findKind } from '../../widgets/registry.ts';
import { valueKey } from '../../widgets/values.ts';
import { ACTIVE_PEOPLE, makeMessage, PEOPLE, TEAMS, teamTag, WIDGETS_EACH, widgetTag } from './message.ts';

const peopleAndHubs = (people: number, teams: number) => `
  INSERT INTO person (username) SELECT 'person-' || n FROM generate_series(0, ${people - 1}) n;
  INSERT INTO hub (type, name, visibility)
    SELECT type::"HubType", 'person-' || n, CASE type WHEN 'user' THEN 'public' ELSE 'private' END::"Visibility"
    FROM generate_series(0, ${people - 1}) n, unnest(ARRAY['user', 'stream']) type;
  INSERT INTO hub (type, name, group_name, discourse_tag)
    SELECT 'team', 'team-' || n, 'team-' || n, 'team-' || n FROM generate_series(0, ${teams - 1}) n;
  INSERT INTO role (hub_id, person_id, name, source)
    SELECT hub.id, person.id, 'owner', 'hubs' FROM hub JOIN person ON person.username = hub.name WHERE type <> 'team';
  INSERT INTO role (hub_id, person_id, name, source)
    SELECT hub.id, person.id, 'member', 'accounts' FROM person, unnest(ARRAY[0, 7]) beside
    JOIN hub ON true WHERE hub.type = 'team' AND hub.name = 'team-' || ((person.id + beside) % ${teams})::text;
  UPDATE hub SET layout_edited = true; -- installed defaults, which hubs follow otherwise, would give them more widgets
  INSERT INTO interest (key, hub_id)
    SELECT CASE type WHEN 'user' THEN 'user:' WHEN 'stream' THEN 'concerns:' ELSE 'tag:' END || name, id FROM hub;`;

/** Each feed that gets entries holds 100 of the form and length of those that come. */
const FEEDS = `
  INSERT INTO feed_entry (hub_id, message_id, time, topic, kind, agent, people, why, message)
  SELECT hub.id, 'before-' || hub.id || '-' || n, now() - n * interval '1 hour', $1, 'discourse.post.post_created',
    'person-1', '{person-1}', 'tag:before', $2
  FROM hub, generate_series(1, 100) n
  WHERE hub.type = 'team' OR split_part(hub.name::text, '-', 2)::int < ${ACTIVE_PEOPLE}`;

/** With empty feeds. */
export async function makeWorld(pool: Pool, people = PEOPLE, teams = TEAMS): Promise<void> {
  await pool.query(peopleAndHubs(people, teams));
}

export async function fillFeeds(pool: Pool): Promise<void> {
  const { topic, msg } = makeMessage('before', 0, TEAMS);
  await pool.query(FEEDS, [topic, JSON.stringify({ id: 'before', topic, category: 'discourse', body: msg })]);
}

const TEAMS_A_STATEMENT = 100;

const WIDGETS = `
  WITH given AS (SELECT * FROM json_to_recordset($1::json) AS given (team text, place int, tag text, value text)),
  made AS (
    INSERT INTO widget (hub_id, kind, "column", place, settings, value_key)
    SELECT hub.id, 'discussion', 'right', place, json_build_object('tag', tag), value
    FROM given JOIN hub ON hub.type = 'team' AND hub.name = team
    RETURNING id, hub_id, settings)
  INSERT INTO interest (key, hub_id, widget_id) SELECT 'tag:' || (settings->>'tag'), hub_id, id FROM made`;

/** Gives each of these teams its widgets, every one with a value of its own. */
export async function addWidgets(pool: Pool, from: number, to: number): Promise<void> {
  const kind = findKind('discussion');
  if (!kind) throw new Error('There is no kind of widget named discussion.');
  for (let first = from; first < to; first += TEAMS_A_STATEMENT) {
    const count = Math.min(TEAMS_A_STATEMENT, to - first) * WIDGETS_EACH;
    const widgets = Array.from({ length: count }, (_, at) => {
      const [team, place] = [first + Math.floor(at / WIDGETS_EACH), at % WIDGETS_EACH];
      const tag = widgetTag(team, place);
      return { team: teamTag(team), place, tag, value: valueKey(kind, { tag }) };
    });
    await pool.query(WIDGETS, [JSON.stringify(widgets)]);
  }
  await pool.query('VACUUM ANALYZE'); // as if it had been there for long
}

/** The hubs of teams by the team's number. */
export async function findTeams(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ team: number; id: number }>(
    `SELECT split_part(name::text, '-', 2)::int AS team, id FROM hub WHERE type = 'team'`,
  );
  const hubs: number[] = [];
  for (const { team, id } of rows) hubs[team] = id;
  return hubs;
}
