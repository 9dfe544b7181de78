// Whether the database still is what the migrations made: they are run anew in a schema that is rolled back, and the
// two catalogues compared.
import { readMigrations, withClient } from './migrate.ts';

const SCRATCH = 'hubs_check';

/** What the catalogue says of a schema: each thing with its definition. Not null is said with the column. */
const CATALOGUE = `
  SELECT 'column ' || relname || '.' || attname AS thing,
    concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
      'default ' || pg_get_expr(adbin, adrelid), 'collate ' || collname) AS definition
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum LEFT JOIN pg_collation ON pg_collation.oid = attcollation
  WHERE relnamespace = $1::regnamespace AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT 'constraint ' || conname || ' of ' || relname, pg_get_constraintdef(pg_constraint.oid)
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE connamespace = $1::regnamespace AND contype <> 'n'
  UNION ALL
  SELECT 'index ' || relname, pg_get_indexdef(oid) FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'i'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = pg_class.oid AND contype <> 'f')
  UNION ALL
  SELECT 'trigger ' || tgname || ' of ' || relname, pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = $1::regnamespace AND NOT tgisinternal
  UNION ALL
  SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = $1::regnamespace
  UNION ALL
  SELECT 'type ' || typname, string_agg(enumlabel, ', ' ORDER BY enumsortorder)
  FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid WHERE typnamespace = $1::regnamespace GROUP BY typname`;

export interface Drift {
  /** Such as `constraint widget_place_key of widget`. */
  thing: string;
  /** What stands there; null where nothing does. */
  is: string | null;
  expected: string;
}

/**
 * What is missing or different in a database that has every migration. What stands there beside, such as an index somebody
 * added, is theirs. Changes nothing.
 * @param url a direct connection of the database's owner
 */
export const findDrift = (url: string): Promise<Drift[]> =>
  withClient(url, async (client) => {
    const read = async (schema: string) => {
      const { rows } = await client.query<{ thing: string; definition: string }>(CATALOGUE, [schema]);
      const bare = (text: string) => text.replaceAll(new RegExp(`\\b(${schema}|${SCRATCH})\\.`, 'g'), '');
      return new Map(rows.map(({ thing, definition }) => [thing, bare(definition)]));
    };
    const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
    const schema = rows[0]?.schema ?? 'public';
    await client.query('BEGIN');
    try {
      await client.query(`CREATE SCHEMA ${SCRATCH}; SET LOCAL search_path = ${SCRATCH}, "${schema}"`);
      for (const { sql } of readMigrations()) await client.query(sql);
      const expected = await read(SCRATCH);
      const there = await read(schema);
      return [...expected].flatMap(([thing, definition]) => {
        const is = there.get(thing) ?? null;
        return is === definition ? [] : [{ thing, is, expected: definition }];
      });
    } finally {
      await client.query('ROLLBACK');
    }
  });
