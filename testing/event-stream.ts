import {
  type ClientRequest,
  get,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { get as getSecurely } from 'node:https';

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
  /** Resolves at its end, whoever ended it. */
  ended: Promise<void>;
  /** Goes away without a word to the other side's HTTP. */
  destroy(): void;
}

/**
 * Opens an event stream as a browser does; resolves with the headers.
 * @param way how it gets there, where the address alone does not say
 */
export function openStream(
  url: string,
  headers: OutgoingHttpHeaders = {},
  way: RequestOptions = {},
): Promise<TestStream> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = (url.startsWith('https') ? getSecurely : get)(
      url,
      { agent: false, ...way, headers: { accept: 'text/event-stream', ...headers } },
      (response) => {
        let text = '';
        let ended = false;
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        const end = new Promise<void>((close) =>
          response.on('close', () => {
            ended = true;
            close();
          }),
        );
        // A stream that is cut is what some tests wait for.
        response.on('error', () => response.destroy());
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: () => text,
          events: () => text.split('\n\n').flatMap(readEvent),
          isEnded: () => ended,
          ended: end,
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
