import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../settings/settings.ts';
import { endWithParent } from './end-with-parent.ts';
import { Refusal } from './refusal.ts';

export interface Listen {
  host: string;
  port: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
/** What Next ends with after a clean stop by SIGTERM; the other processes end with 0. */
const NEXT_STOPPED = 143;

/**
 * Becomes `next start`, which starts and stops as app/start-web.ts has it.
 * @throws {SettingsError}
 * @throws {Refusal} when the pages were never built
 */
export function runWeb({ host, port }: Listen): void {
  readSettings();
  if (!existsSync(`${root}.next/BUILD_ID`))
    throw new Refusal('The pages are not built; run `npm run build` first.');
  endWithParent();
  process.once('SIGTERM', () =>
    process.once('exit', (status) => {
      if (status === NEXT_STOPPED) process.exitCode = 0;
    }),
  );
  process.argv = [process.execPath, 'next', 'start', root, '-H', host, '-p', String(port)];
  createRequire(import.meta.url)('next/dist/bin/next');
}
