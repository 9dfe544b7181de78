// The pages as they run in production, built anew when their sources changed.
import { join } from 'node:path';
import { buildWeb, generateClient } from '../local/build.ts';

export default async function build(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  await generateClient(root);
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await buildWeb(root, env, console.log);
}
