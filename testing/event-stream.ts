import { type ClientRequest, get, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

interface StreamEvent {
  event: string;
  id: string;
  data: unknown;
}

export interface TestStream {
  status: number;
  headers: IncomingHttpHeaders;
  /** All that came so far. */
  text(): string;
  /** The events that came so far. */
  events(): StreamEvent[];
  isEnded(): boolean;
  /** Goes away without a word to the other side's HTTP. */
  destroy(): void;
}

/** Opens an event stream as a browser does; resolves with the headers. */
export function openStream(url: string, headers: OutgoingHttpHeaders = {}): Promise<TestStream> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(
      url,
      { agent: false, headers: { accept: 'text/event-stream', ...headers } },
      (response) => {
        let text = '';
        let ended = false;
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('close', () => {
          ended = true;
        });
        // A stream that is cut is what some tests wait for.
        response.on('error', () => response.destroy());
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: () => text,
          events: () => text.split('\n\n').flatMap(readEvent),
          isEnded: () => ended,
          destroy: () => request.destroy(),
        });
      },
    );
    request.on('error', reject);
  });
}

function readEvent(block: string): StreamEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ event: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data: JSON.parse(data) }];
}
