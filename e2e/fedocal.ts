import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fedocal {
  url: string;
  /** Plans a meeting of an hour in every calendar that is asked for. */
  plan(name: string, startsAt: number): void;
  close(): Promise<void>;
}

/** Stands in for a Fedocal: answers `/api/meetings/` in its form, each meeting once, times in UTC. */
export async function openFedocal(): Promise<Fedocal> {
  const planned: { name: string; startsAt: number }[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fedocal');
    if (pathname !== '/api/meetings/') return response.writeHead(404).end();
    const calendar = searchParams.get('calendar') ?? '';
    const meetings = planned.map(({ name, startsAt }, index) => toJson(index + 1, name, startsAt, calendar));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ arguments: Object.fromEntries(searchParams), meetings }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (name, startsAt) => planned.push({ name, startsAt }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toJson(id: number, name: string, startsAt: number, calendar: string): object {
  const [startDate, start] = new Date(startsAt).toISOString().slice(0, 19).split('T');
  const [endDate, end] = new Date(startsAt + 3_600_000).toISOString().slice(0, 19).split('T');
  return {
    meeting_id: id,
    meeting_name: name,
    meeting_manager: ['amara'],
    meeting_date: startDate,
    meeting_date_end: endDate,
    meeting_time_start: start,
    meeting_time_stop: end,
    meeting_timezone: 'UTC',
    meeting_information: '',
    meeting_location: 'https://matrix.to/#/#garden:example.org',
    calendar_name: calendar,
  };
}
