// A process of its own: a visitor who has many hubs' pages open, and notes when which notice came.
import { get } from 'node:http';
import { answerParent, now } from './helper.ts';

export interface HeardNotice {
  at: number;
  hub: number;
  what: string;
}

const heard: HeardNotice[] = [];

/** Opens one event stream. */
function listen(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const at = now();
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^event: notice$/m.test(block) && /^data: (.*)$/m.exec(block)?.[1];
          if (data) heard.push({ at, ...readNotice(data) });
        }
      });
      response.on('close', () => process.exit(1)); // what it hears from now on would not be all
      resolve();
    });
    request.on('error', reject);
  });
}

function readNotice(data: string): { hub: number; what: string } {
  const { hub, what } = JSON.parse(data);
  return { hub, what };
}

answerParent({ listen, heard: () => heard.splice(0), count: () => heard.length });
