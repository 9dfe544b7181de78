import { findDrift } from '../prisma/find-drift.ts';
import { migrationStatus } from '../prisma/migrate.ts';
import { type Broken, findBrokenPromises, repairInterests } from './broken-promises.ts';
import { exitStatus } from './exit-status.ts';
import type { Output } from './output.ts';
import { Refusal } from './refusal.ts';
import { withDatabase } from './with-database.ts';

const SHOWN = 10;

/**
 * Says what of the schema is missing or different and which promises the data breaks; exit status 1 where anything does.
 * @throws {Refusal} where migrations wait or were edited: then the schema is known to differ
 */
export async function checkDatabase(out: Output, { repair = false }: { repair?: boolean }): Promise<void> {
  await withDatabase(async ({ settings, database }) => {
    const { pending, edited } = await migrationStatus(settings.DATABASE_DIRECT_URL);
    if (pending.length + edited.length > 0)
      throw new Refusal(
        `The schema is not this version's (${[...pending, ...edited].join(', ')}); see \`hubs db status\`.`,
      );
    const progress = out.progress(() => 'Comparing the schema, then the data …');
    try {
      const drift = await findDrift(settings.DATABASE_DIRECT_URL);
      const schema: Broken[] = drift.map(({ thing, is, expected }) => ({
        promise: `The ${thing} is as the migrations made it.`,
        where: [is === null ? 'missing' : `is: ${is}`],
        remedy: `Make it so again: ${expected}`,
      }));
      const repaired = repair && schema.length === 0 ? await repairInterests(database) : [];
      const broken = [...schema, ...(await findBrokenPromises(database))];
      const lines = [
        ...repaired.map((hub) => `Repaired ${hub}.`),
        ...(broken.length > 0 ? broken.flatMap(describe) : ['The database keeps all its promises.']),
      ];
      out.answer({ repaired, broken }, lines, broken.flatMap(describe));
      if (broken.length > 0) process.exitCode = exitStatus.wrong;
    } finally {
      progress.end();
    }
  });
}

function describe({ promise, where, remedy }: Broken): string[] {
  const more = where.length > SHOWN ? [`  and ${where.length - SHOWN} more`] : [];
  return [`Broken: ${promise}`, ...where.slice(0, SHOWN).map((one) => `  ${one}`), ...more, `  ${remedy}`];
}
