// Debian's nginx in front of Hubs, with the configuration we ship: on a free port, without TLS.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, waitUntilReady } from '../local/child.ts';
import { findOnPath } from '../local/find-on-path.ts';
import { freePort } from '../local/ports.ts';
import { type Processes, root } from './processes.ts';

const DEBIAN = '/usr/sbin/nginx';
const START_MS = 10_000;

/** Undefined where it is not installed. */
const findNginx = (): string | undefined => findOnPath('nginx') ?? (existsSync(DEBIAN) ? DEBIAN : undefined);

export interface Nginx {
  url: string;
  /** Where its cache lies. */
  cache: string;
  stop(): Promise<void>;
}

/** @param hubs where its web and SSE processes listen */
export async function startNginx(folder: string, hubs: Pick<Processes, 'url' | 'sseUrl'>): Promise<Nginx> {
  const program = findNginx();
  if (!program) throw new Error('There is no nginx; apt-get install nginx-light');
  const port = await freePort();
  const cache = join(folder, 'nginx-cache');
  const shipped = readFileSync(join(root, 'deploy/nginx/hubs.conf'), 'utf8');
  const changes: [ours: string | RegExp, theirs: string][] = [
    ['/var/cache/nginx-hubs', cache],
    ['127.0.0.1:3000', new URL(hubs.url).host],
    ['127.0.0.1:3001', new URL(hubs.sseUrl).host],
    [/^server \{\n {2}listen 80;.*?^\}\n/ms, ''],
    ['listen 443 ssl http2', `listen 127.0.0.1:${port}`],
    ['  listen [::]:443 ssl http2;\n', ''],
    [/ {2}ssl_.*;\n/g, ''],
    ['/opt/hubs/current/web/.next/static/', `${join(root, '.next/static')}/`],
  ];
  const server = changes.reduce((text, [ours, theirs]) => {
    const changed = text.replace(ours, theirs);
    if (changed === text) throw new Error(`deploy/nginx/hubs.conf has no ${ours} any more`);
    return changed;
  }, shipped);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, `nginx-${name}`)};`)
    .join(' ');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${join(folder, 'nginx.pid')}; error_log stderr; events {} http { access_log off; ${folders}\n${server} }`,
  );
  const command = { file: program, args: ['-c', file, '-p', folder, '-e', 'stderr'] };
  const child = await startChild(command, join(folder, 'nginx.log'));
  const url = `http://127.0.0.1:${port}`;
  const answers = async () => (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status < 500;
  await waitUntilReady(child, answers, START_MS);
  return { url, cache, stop: () => child.stop() };
}
