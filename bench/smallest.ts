// The smallest page of the same Next: what any page costs, before there is a Hubs in it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild, waitUntilReady } from '../local/child.ts';
import { freePort } from '../local/ports.ts';
import { runTool } from '../local/run-tool.ts';

const files = {
  'layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }\n',
  'page.jsx':
    "export const dynamic = 'force-dynamic';\nexport default function Page() { return <p>Hello</p>; }\n",
};

/** Builds and starts it. The folder lies in the project, so that it finds the project's packages. */
export async function startSmallest(root: string): Promise<Child & { url: string }> {
  const folder = join(root, '.data', 'bench-smallest');
  mkdirSync(join(folder, 'app'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'app', name), text);
  // Next looks for it up to the root of the project, where Hubs' own lies.
  writeFileSync(join(folder, 'instrumentation.js'), 'export function register() {}\n');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const config = { poweredByHeader: false, turbopack: { root } };
  writeFileSync(join(folder, 'next.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const next = join(root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await runTool('Building the smallest page', process.execPath, [next, 'build'], { cwd: folder, env });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const args = [next, 'start', '-H', '127.0.0.1', '-p', String(port)];
  const child = await startChild({ file: process.execPath, args, cwd: folder, env }, join(folder, 'web.log'));
  await waitUntilReady(child, async () => (await fetch(url)).ok, 30_000);
  return { ...child, url };
}
