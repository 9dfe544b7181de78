// A stand-in for the bus archive: datagrepper's `/v2/search`, with its parameters, paging and answers.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ArchiveRow {
  topic: string;
  id: string;
  headers: Record<string, unknown>;
  body: unknown;
}

export interface TestArchive {
  url: string;
  /** What it holds, in whatever order; may be added to. */
  rows: ArchiveRow[];
  /** The parameters of each request that came. */
  requests: URLSearchParams[];
  /** The statuses of the next answers, used up one by one; 200 after them. */
  faults: number[];
  close(): Promise<void>;
}

/** A row as the archive has it, sent at that time. */
export const makeRow = (id: string, sentMs: number, body: unknown = { agent: 'mira' }): ArchiveRow => ({
  topic: 'org.fedoraproject.prod.bodhi.update.comment',
  id,
  headers: {
    fedora_messaging_schema: 'bodhi.update.comment.v1',
    fedora_messaging_severity: 20,
    'sent-at': new Date(sentMs).toISOString(),
  },
  body,
});

export async function startArchive(rows: ArchiveRow[] = []): Promise<TestArchive> {
  const requests: URLSearchParams[] = [];
  const faults: number[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://archive');
    requests.push(searchParams);
    const status = pathname === '/datagrepper/v2/search' ? (faults.shift() ?? 200) : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? search(rows, searchParams) : { error: 'stand-in' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/datagrepper`,
    rows,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The form of its answers is that of `reference/upstreams/datagrepper/v2-search.json`. */
function search(rows: ArchiveRow[], query: URLSearchParams) {
  const [start, end] = [Number(query.get('start')), Number(query.get('end'))];
  const perPage = Math.min(Number(query.get('rows_per_page') ?? 25), 100);
  const page = Number(query.get('page') ?? 1);
  const sent = (row: ArchiveRow) => Date.parse(String(row.headers['sent-at'])) / 1_000;
  const passes = (name: string, value: unknown) => {
    const wanted = query.getAll(name);
    return wanted.length === 0 || wanted.includes(String(value));
  };
  const concerns = ({ topic, body }: ArchiveRow) =>
    passes('user', (body as { agent?: unknown }).agent) &&
    passes('category', topic.split('.')[3]) &&
    passes('package', (body as { update?: { title?: unknown } }).update?.title);
  const found = rows.filter((row) => sent(row) >= start && sent(row) <= end && concerns(row));
  found.sort((a, b) => (query.get('order') === 'asc' ? sent(a) - sent(b) : sent(b) - sent(a)));
  const shown = found.slice((page - 1) * perPage, page * perPage);
  return {
    raw_messages: shown.map((row) => ({ ...row, priority: 0, queue: null })),
    total: found.length,
    pages: Math.ceil(found.length / perPage),
    count: shown.length,
    arguments: { start, end, delta: end - start, page, rows_per_page: perPage, order: query.get('order') },
  };
}
