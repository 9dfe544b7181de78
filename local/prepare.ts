// What a fresh clone lacks before any of its sources can run: the packages, and Prisma's client.
import { join } from 'node:path';
import { generateClient } from './build.ts';
import { installPackages } from './packages.ts';
import { explain } from './problem.ts';

/** @throws {Problem} with the last lines of the tool that failed */
export async function prepareTree(root: string, say: (line: string) => void): Promise<void> {
  await installPackages(root, say);
  await generateClient(root);
}

if (import.meta.main) {
  await prepareTree(join(import.meta.dirname, '..'), console.log).catch((error) => {
    console.error(explain(error));
    process.exit(1);
  });
}
