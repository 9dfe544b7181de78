// npm run dist: Hubs in one archive, which needs Node and nothing else where it is unpacked.
import { join } from 'node:path';
import { makeArchive } from './dist/archive.ts';
import { prepareTree } from './prepare.ts';
import { explain } from './problem.ts';

const root = join(import.meta.dirname, '..');

try {
  await prepareTree(root, console.log);
  console.log(await makeArchive(root, console.log));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
