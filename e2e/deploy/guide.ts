// The shell blocks of docs/operations.md, in order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes.ts';

export interface Block {
  /** The heading it stands under. */
  section: string;
  script: string;
}

/** Those that a test runs: their fence says `sh run`. */
export function readGuide(): Block[] {
  const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return sections.flatMap((section) =>
    [...section.matchAll(/^```sh run\n(.*?)^```$/gms)].map((match) => ({
      section: section.slice(0, section.indexOf('\n')),
      script: match[1] ?? '',
    })),
  );
}
