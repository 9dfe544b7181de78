import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { may, maySeeHelp, maySettleHelp } from '../../hubs/permissions.ts';
import { holds, type Viewer } from '../../hubs/viewer.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { renderMarkdown, type SafeHtml } from '../../ui/markdown.ts';
import type { ReadContext } from '../kind.ts';
import type { HelpSettings } from './settings.ts';

export interface ShownRequest {
  id: number;
  hub: { id: number; name: string; href: string; chatUrl: string | null; mailingList: string | null };
  title: string;
  html: SafeHtml;
  /** Milliseconds since 1970. */
  askedAt: number;
  askedBy: string;
  /** Null while it is open. */
  takenBy: string | null;
  /** Nobody took it for 7 days. */
  waitsLong: boolean;
  mayTake: boolean;
  maySettle: boolean;
}

export interface HelpOwn {
  requests: ShownRequest[];
  /** One can ask in this hub's name. */
  mayAsk: boolean;
  signedIn: boolean;
}

const include = {
  hub: { include: { widgets: { where: { kind: 'help', restricted: true }, select: { id: true } } } },
  askedBy: { select: { username: true } },
  takenBy: { select: { username: true } },
} satisfies Prisma.HelpRequestInclude;

const LONG_MS = 7 * 86_400_000;
const READ = 100;

/**
 * The requests of this hub; on a person's hub also those of their teams, on a stream all of its person's hubs.
 * Those nobody took for 7 days stand on top, then the newest; what somebody works on comes last.
 */
export async function readHelp(
  { database, viewer, now }: ReadContext,
  hub: HubInfo,
  { teams }: HelpSettings,
): Promise<HelpOwn> {
  const rows = await database.helpRequest.findMany({
    where: { state: { not: 'done' }, hub: hubsOf(viewer, hub, teams) },
    include,
    orderBy: [{ state: 'asc' }, { createdAt: 'desc' }],
    take: READ,
  });
  const requests = rows.filter((row) => maySee(viewer, row)).map((row) => toShown(row, viewer, now));
  return {
    requests: requests.sort((a, b) => Number(b.waitsLong) - Number(a.waitsLong)),
    mayAsk: hub.type !== 'stream' && may(viewer, 'contribute', hub),
    signedIn: viewer !== null,
  };
}

/** Whose requests stand there: of a person's teams all, or those that are named. Whom they follow others don't see. */
function hubsOf(viewer: Viewer | null, hub: HubInfo, teams: string): Prisma.HubWhereInput {
  if (hub.type === 'team') return { id: hub.id };
  const named = teams.split(',').flatMap((name) => name.trim() || []);
  const follows: RoleName[] = holds(viewer, hub, 'owner') ? ['subscriber'] : [];
  const theirs: Prisma.HubWhereInput = {
    archivedAt: null,
    roles: {
      some: { name: { in: ['member', 'owner', ...follows] }, person: { is: { username: hub.name } } },
    },
    ...(named.length > 0 ? { name: { in: named } } : {}),
  };
  return { OR: [{ id: hub.id }, theirs] };
}

/** Where a team shows its requests to members only, they are theirs on streams, too. */
const maySee = (viewer: Viewer | null, row: Row): boolean =>
  maySeeHelp(viewer, row.hub, row, row.hub.widgets.length > 0);

type Row = Prisma.HelpRequestGetPayload<{ include: typeof include }>;

function toShown(row: Row, viewer: Viewer | null, now: number): ShownRequest {
  const { id, hub, title, text, state, createdAt } = row;
  const taken = state !== 'open';
  return {
    id,
    hub: {
      id: hub.id,
      name: hub.name,
      href: hubPath(hub),
      chatUrl: hub.chatUrl,
      mailingList: hub.mailingList,
    },
    title,
    html: renderMarkdown(text),
    askedAt: createdAt.getTime(),
    askedBy: row.askedBy.username,
    takenBy: taken ? (row.takenBy?.username ?? 'somebody') : null,
    waitsLong: !taken && now - createdAt.getTime() > LONG_MS,
    // A visitor may press it, too: signs in, and it is done then.
    mayTake: !taken && (viewer === null ? hub.archivedAt === null : may(viewer, 'help', hub)),
    maySettle: maySettleHelp(viewer, hub, row),
  };
}
