// The `hubs` command with all that it starts, in a few files of plain JavaScript.
import { build } from 'esbuild';
import { nativePackages } from './native.ts';

/** What a dependency tries to load and does without. */
const ABSENT = [
  ...['@aws-sdk/credential-providers', '@mongodb-js/zstd', 'gcp-metadata', 'mongodb-client-encryption'],
  ...['pg-native', 'snappy', 'socks'],
];

/** @param folder gets main.mjs and its chunks; each command loads the chunks it needs */
export async function bundleCommand(root: string, folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outExtension: { '.js': '.mjs' },
    // Views are the web's: Next has them in its own build.
    external: [...nativePackages, ...ABSENT, '*.tsx'],
    // Packages written as CommonJS call `require`.
    banner: {
      js: `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`,
    },
    logLevel: 'error',
  });
}
