// Every way in which a rule of hubs/permissions.ts is broken once (seed-faults.ts), and the lines that must notice.
import { type HubLine, hubLines } from './hub-lines.ts';
import { table } from './tables.ts';

export interface Fault {
  name: string;
  lines: HubLine[];
  /** Of their tables; the others ask for nothing that the fault could touch. */
  row: string;
}

/**
 * A rule asks for one standing less (`looser`) or one more (`tighter`) than it should; `archived`: it holds in archived
 * hubs where it should not, or the other way round. Left out is what another rule stands before: whoever may not know
 * of a private hub gets no further, and a form asks visitors to sign in before any rule is asked.
 */
const facets = table(`
                  public          preview         private         archived
  know            tighter         tighter         looser/tighter  tighter
  read            tighter         looser/tighter  tighter         tighter
  readRestricted  looser/tighter  looser/tighter  tighter         tighter
  follow          tighter         tighter         tighter         tighter
  join            tighter         tighter         tighter         looser
  contribute      looser/tighter  looser/tighter  tighter         looser
  help            tighter         tighter         tighter         looser
  configure       looser          looser          looser          looser
  archive         looser          looser          looser          tighter
`);

const widget = 'GET /api/hubs/[hub]/widgets/[widget]';
const settle = 'POST /api/hubs/[hub]/help/[request]';

const find = (route: string, about?: string, on = 'team'): HubLine[] =>
  hubLines.filter((line) => line.route === route && line.on === on && (!about || line.about === about));

/** One route for each rule; there are more that it decides. */
const decidedBy: Record<string, HubLine[]> = {
  know: find(widget, 'open'),
  read: find(widget, 'feed'),
  readRestricted: find(widget, 'restricted'),
  follow: find('POST /api/hubs/[hub]/roles', 'star'),
  join: find('POST /api/hubs/[hub]/roles', 'join'),
  contribute: find('POST /api/hubs/[hub]/library'),
  help: find(settle),
  configure: find('POST /api/hubs/[hub]/setup'),
  archive: find('POST /api/hubs/[hub]/archive'),
};

const ofTheTable = [...facets].flatMap(([rule, columns]) =>
  [...columns].flatMap(([row, ways]) =>
    ways
      .split('/')
      .map((way): Fault => ({ name: `${rule} ${row} ${way}`, lines: decidedBy[rule] ?? [], row })),
  ),
);

const others: Fault[] = [
  { name: 'owner unknown', lines: find('POST /api/hubs/[hub]/setup'), row: 'public' },
  { name: 'member unknown', lines: find('POST /api/hubs/[hub]/library'), row: 'public' },
  { name: 'admin unknown', lines: find('POST /api/hubs/[hub]/setup'), row: 'public' },
  { name: 'admin of streams', lines: find(widget, undefined, 'stream'), row: 'private' },
  { name: 'streams for members', lines: find(widget, undefined, 'stream'), row: 'private' },
  { name: 'restricted for all', lines: find(widget, 'restricted'), row: 'public' },
  { name: 'asker unknown', lines: find(settle, 'done'), row: 'public' },
  { name: 'taker unknown', lines: find(settle, 'done'), row: 'public' },
  { name: 'owners settle nothing', lines: find(settle, 'done'), row: 'public' },
];

export const faults = [...ofTheTable, ...others];
