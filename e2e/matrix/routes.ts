// Which routes there are: of the web from what `next build` wrote down, with the methods that each one says it has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes.ts';

/** What Next makes for itself, and serves to nobody who asks for it by this name. */
const nextsOwn = ['/_not-found', '/_global-error'];

const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function readManifest(): [file: string, path: string][] {
  const manifest = readFileSync(join(root, '.next/app-path-routes-manifest.json'), 'utf8');
  return Object.entries<string>(JSON.parse(manifest)).filter(([, path]) => !nextsOwn.includes(path));
}

/** `/t/[name]`, …: every page. */
export const listPages = (): string[] =>
  readManifest().flatMap(([file, path]) => (file.endsWith('/page') ? path : []));

/** `GET /t/[name]`, `POST /api/hubs/[hub]/roles`, …: every page and every method of every route handler. */
export async function listRoutes(baseUrl: string): Promise<string[]> {
  const routes = await Promise.all(
    readManifest().map(async ([file, path]) => {
      const isPage = file.endsWith('/page');
      const methods = isPage ? ['GET'] : await readMethods(`${baseUrl}${path.replace(/\[\w+\]/g, '1')}`);
      return methods.map((method) => `${method} ${path}`);
    }),
  );
  return routes.flat();
}

async function readMethods(address: string): Promise<string[]> {
  const { headers } = await fetch(address, { method: 'OPTIONS' });
  const allowed = headers.get('allow')?.split(', ') ?? ['GET'];
  return allowed.filter((method) => httpMethods.includes(method));
}
