// Who may listen to which hub, and who hears when something changes there.
import { cookieName } from '../../hubs/sessions.ts';
import { openStream, type TestStream } from '../../testing/event-stream.ts';
import { until } from '../../testing/until.ts';
import { ask } from './ask.ts';
import { table } from './tables.ts';
import { type HubType, isHubKind, type Place, type World } from './world.ts';

/** `hears`, `silent` (it may listen, and is told nothing), or how it is refused. */
const tables = {
  team: table(`
              visitor person follower member owner admin
    public    hears   hears  hears    hears  hears hears
    preview   silent  silent silent   hears  hears hears
    private   404     404    404      hears  hears hears
    archived  hears   hears  hears    hears  hears hears
  `),
  stream: table(`
              visitor person member owner admin
    private   404     404    404    hears 404
  `),
};

interface Listening {
  name: string;
  word: string;
  place: Place;
  stream: TestStream;
}

/** Which cells of the tables came out otherwise; none: it is as written. */
export async function findWrongStreams(baseUrl: string, world: World): Promise<string[]> {
  const [fence, ...places] = await world.makeHubs([
    { type: 'team', kind: 'public', shown: false },
    ...Object.entries(tables).flatMap(([type, cells]) =>
      [...cells.keys()].filter(isHubKind).map((kind) => ({ type: type as HubType, kind, shown: false })),
    ),
  ]);
  if (!fence) throw new Error('No hub was made.');
  const rows = Object.entries(tables).flatMap(([type, cells]) =>
    [...cells].map(([row, columns]) => ({ type, row, columns })),
  );
  const opened = await Promise.all(
    rows.flatMap(({ type, row, columns }, at) =>
      [...columns].map(async ([column, word]): Promise<Listening[]> => {
        const place = places[at];
        if (!place) return [];
        const cookie = `${cookieName(baseUrl)}=${world.sessions.get(column) ?? ''}`;
        const stream = await openStream(`${baseUrl}/sse?hub=${place.id}&hub=${fence.id}`, { cookie });
        return [{ name: `GET /sse, ${row} ${type}, ${column}`, word, place, stream }];
      }),
    ),
  );
  const listening = opened.flat();
  const change = (place: Place, role: string) =>
    ask(baseUrl, {
      ...{ method: 'POST', path: `/api/hubs/${place.id}/roles`, token: world.sessions.get(role) },
      body: { change: 'star' },
    });
  for (const place of places) await change(place, 'owner');
  // Whoever may hear has heard by now: the owner did, and all are told at once.
  await until(() =>
    listening
      .filter(({ name }) => name.endsWith('owner'))
      .every(({ stream, place }) => stream.status !== 200 || stream.isEnded() || hears(stream, place)),
  );
  await change(fence, 'owner');
  await until(() =>
    listening.every(({ stream }) => stream.status !== 200 || stream.isEnded() || hears(stream, fence)),
  );
  const wrong = listening.flatMap(({ name, word, stream, place }) => {
    const came = stream.status === 200 ? (hears(stream, place) ? 'hears' : 'silent') : String(stream.status);
    return came === word ? [] : [`${name}: ${word} is written, ${came} came`];
  });
  for (const { stream } of listening) stream.destroy();
  return wrong;
}

const hears = (stream: TestStream, { id }: Place): boolean =>
  stream.events().some(({ event, data }) => event === 'notice' && (data as { hub: number }).hub === id);
