import { writeFileSync } from 'node:fs';

/** A word that any POSIX shell reads as exactly this text. */
export const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Settings as KEY='value' lines, which a shell can source; only the owner may read them. */
export function writeEnvFile(file: string, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${quoteForShell(value)}\n`);
  writeFileSync(file, ['# Written by bin/up at each start; bin/hubs reads it.\n', ...lines].join(''), {
    mode: 0o600,
  });
}
