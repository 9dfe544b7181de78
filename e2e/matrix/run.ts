// Asks cell by cell, each with a request of its own, and says which ones were answered otherwise than written.
import { ask, fillIn, nameAnswer } from './ask.ts';
import type { HubLine } from './hub-lines.ts';
import type { PersonLine } from './person-lines.ts';
import { isHubKind, type Mark, marksOf, type Place, type World } from './world.ts';

/** What a hub's page is made of, from a glance through the door to all of it. */
const views: Record<string, Mark[]> = {
  door: ['summary', 'open'],
  open: ['summary', 'open', 'entry', 'help'],
  all: ['summary', 'open', 'entry', 'help', 'restricted'],
  own: ['summary', 'open', 'entry', 'help', 'restricted', 'settings'],
};
const markNames = Object.keys(marksOf({ type: 'team', name: '' })) as Mark[];

/** Requests on their way at once. */
const ABREAST = 6;

export interface Cell {
  name: string;
  word: string;
  /** It can't change anything, so it is asked before anything is. */
  reads: boolean;
  ask(): ReturnType<typeof ask>;
  /** Marks that are looked for in the answer, with their words. */
  marks: Partial<Record<Mark, string>>;
  /** What a 200 shows of them. */
  shows: Mark[];
  digest(digests: { hubs: Map<number, string>; people: Map<number, string> }): string | undefined;
}

/** Which cells were answered otherwise than written; none: the matrix holds. */
export async function findWrong(cells: Cell[], world: World): Promise<string[]> {
  const wrong: string[] = [];
  for (const reads of [true, false])
    wrong.push(
      ...(await askAll(
        cells.filter((cell) => cell.reads === reads),
        world,
      )),
    );
  return wrong;
}

async function askAll(cells: Cell[], world: World): Promise<string[]> {
  if (cells.length === 0) return [];
  const readDigests = async () => ({ hubs: await world.digestHubs(), people: await world.digestPeople() });
  const before = await readDigests();
  const got: string[] = [];
  const waiting = [...cells.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) got[next[0]] = await judge(next[1]);
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  const after = await readDigests();
  return cells.flatMap((cell, at) => {
    const changed = cell.digest(before) !== cell.digest(after);
    const word = nameChange(got[at] ?? '', changed);
    return word === cell.word ? [] : [`${cell.name}: ${cell.word} is written, ${word} came`];
  });
}

function nameChange(word: string, changed: boolean): string {
  if (!changed) return word;
  if (word === '200') return 'done';
  return word === 'on' ? 'left' : `${word}, and something changed`;
}

async function judge({ word, ask: send, marks, shows }: Cell): Promise<string> {
  const answer = await send();
  const name = nameAnswer(answer);
  const seen = markNames.filter((mark) => marks[mark] !== undefined && answer.body.includes(marks[mark]));
  const isPage = Object.hasOwn(views, word) || word === '-' || markNames.includes(word.split('+')[0] as Mark);
  if (name === '200' && isPage) {
    const view = Object.keys(views).find((one) => sameMarks(views[one] ?? [], seen));
    return view && Object.hasOwn(views, word) ? view : seen.join('+') || '-';
  }
  const wanted = name === '200' ? shows : [];
  return sameMarks(wanted, seen) ? name : `${name} that shows ${seen.join('+') || 'nothing'}`;
}

const sameMarks = (a: Mark[], b: Mark[]) => a.length === b.length && a.every((mark) => b.includes(mark));

const split = (route: string) => {
  const [method = '', path = ''] = route.split(' ');
  return { method, path };
};

/**
 * Reading changes nothing, so all that read share a hub of their kind; who may change one gets it for themselves.
 * @param only this row; all when left out
 */
export async function hubCells(
  lines: HubLine[],
  baseUrl: string,
  world: World,
  only?: string,
): Promise<Cell[]> {
  const rowsOf = ({ cells }: HubLine) => [...cells].filter(([row]) => only === undefined || row === only);
  const wanted = lines.flatMap((line) =>
    rowsOf(line).flatMap(([row, columns]) =>
      [...columns].map(([column, word]) => {
        if (!isHubKind(row)) throw new Error(`${line.route}: there is no hub that is ${row}`);
        const key = line.body
          ? `${line.route} ${line.about} ${line.on} ${row} ${column}`
          : `${line.on} ${row}`;
        return { line, row, column, word, key };
      }),
    ),
  );
  const byKey = new Map(
    wanted.map(({ key, line, row }) => [key, { type: line.on, kind: row, shown: !line.body }]),
  );
  const made = await world.makeHubs([...byKey.values()]);
  const places = new Map([...byKey.keys()].map((key, at) => [key, made[at]]));
  return wanted.flatMap(({ line, row, column, word, key }) => {
    const place = places.get(key);
    return place ? [hubCell(line, place, { row, column, word }, baseUrl, world)] : [];
  });
}

function hubCell(
  line: HubLine,
  place: Place,
  { row, column, word }: { row: string; column: string; word: string },
  baseUrl: string,
  world: World,
): Cell {
  const { method, path } = split(line.route);
  const values = {
    hub: place.id,
    name: place.name,
    widget: place.open,
    link: place.link,
    request: place.help,
  };
  const filled = fillIn(path, { ...values, ...line.with?.(place) });
  const address = line.elsewhere?.(world.nameOf) ?? `${filled}${line.query ?? ''}`;
  const { link, settings, ...texts } = marksOf(place);
  const isPage = path === `/${place.type === 'user' ? 'u' : 't'}/[name]`;
  return {
    name: `${line.route}${line.about ? ` (${line.about})` : ''}, ${row} ${place.type}, ${column}`,
    word,
    reads: !line.body,
    marks: { ...texts, ...(line.elsewhere ? { link } : {}), ...(isPage ? { settings } : {}) },
    // A page's marks are the word's; others show what their line says.
    shows: line.shows ?? [],
    ask: () =>
      ask(baseUrl, { method, path: address, token: world.sessions.get(column), body: line.body?.(place) }),
    digest: ({ hubs }) => hubs.get(place.id),
  };
}

export async function personCells(lines: PersonLine[], baseUrl: string, world: World): Promise<Cell[]> {
  const cells = lines.flatMap((line) =>
    [...line.cells.values()].flatMap((columns) =>
      [...columns].map(([column, word]) => ({ line, column, word })),
    ),
  );
  return Promise.all(
    cells.map(async ({ line, column, word }): Promise<Cell> => {
      const account = await world.makePerson();
      const tokens = new Map([
        ['self', account.token],
        ['other', world.sessions.get('person')],
        ['admin', world.sessions.get('admin')],
      ]);
      const { method, path } = split(line.route);
      return {
        name: `${line.route}, ${column}`,
        word,
        reads: !line.body,
        marks: {},
        shows: [],
        ask: () =>
          ask(baseUrl, {
            method,
            path: fillIn(path, { ...line.with?.(account) }),
            token: tokens.get(column),
            body: line.body?.(account),
            asForm: line.asForm,
          }),
        digest: ({ people }) => people.get(account.id),
      };
    }),
  );
}
