// Loaded by `node --import` before a process of Hubs: seeds the faults of faults.ts into hubs/permissions.ts as it is
// loaded, in the form `next build` gave it or as the sources have it. Each is off but the one that FAULT_FILE names, so
// that one run tries all of them. Nothing of it is in the product.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

type Standing = 'visitor' | 'signed in' | 'member' | 'owner';
type Rule = Record<'public' | 'preview' | 'private', Standing> & { archived: boolean };

const standings: Standing[] = ['visitor', 'signed in', 'member', 'owner'];
const step = (standing: Standing, by: number) => standings[standings.indexOf(standing) + by] ?? standing;

function isSeeded(name: string): boolean {
  const file = process.env.FAULT_FILE ?? '';
  return existsSync(file) && readFileSync(file, 'utf8') === name;
}

/** The line of the table of rules, with its faults. */
const seedRule = (name: string, rule: Rule) =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(rule).map(([facet, value]) => {
        const looser = () => isSeeded(`${name} ${facet} looser`);
        const tighter = () => isSeeded(`${name} ${facet} tighter`);
        const get =
          typeof value === 'boolean'
            ? () => (value && tighter() ? false : value || looser())
            : () => step(value, looser() ? -1 : tighter() ? 1 : 0);
        return [facet, { get, enumerable: true }];
      }),
    ),
  );

declare global {
  var hubsFaults: { isSeeded: typeof isSeeded; seedRule: typeof seedRule } | undefined;
}
globalThis.hubsFaults = { isSeeded, seedRule };

const seeded = (name: string) => `globalThis.hubsFaults.isSeeded(${JSON.stringify(name)})`;
const word = (text: string) => `["']${text}["']`;
const standing = word('(?:visitor|signed in|member|owner)');

/** Where the rules stand in the text, and what they become. */
const seeds: [RegExp, string | ((...found: string[]) => string)][] = [
  [
    new RegExp(
      `(\\w+):\\s*(\\{\\s*public:\\s*${standing},\\s*preview:\\s*${standing},\\s*private:\\s*${standing},\\s*archived:\\s*(?:!0|!1|true|false),?\\s*\\})`,
      'g',
    ),
    '$1: globalThis.hubsFaults.seedRule("$1", $2)',
  ],
  [
    new RegExp(`([\\w$]+\\(\\w+, ?\\w+, ?${word('(owner|member)')}\\))\\s*(\\|\\||\\?)`, 'g'),
    (_all = '', holds = '', role = '', then = '') => `(!${seeded(`${role} unknown`)} && ${holds}) ${then}`,
  ],
  [
    /(\w+\.siteAdmin)\s*&&\s*(["']stream["']\s*!==\s*\w+\.type|\w+\.type\s*!==\s*["']stream["'])/g,
    `!${seeded('admin unknown')} && $1 && (${seeded('admin of streams')} || $2)`,
  ],
  [
    new RegExp(
      `(${word('stream')}\\s*===\\s*\\w+\\.type|\\w+\\.type\\s*===\\s*${word('stream')})\\s*\\?\\s*${word('owner')}`,
      'g',
    ),
    `($1 && !${seeded('streams for members')}) ? "owner"`,
  ],
  [
    new RegExp(`(\\w+\\.restricted|restricted)\\s*\\?\\s*${word('readRestricted')}`, 'g'),
    `($1 && !${seeded('restricted for all')}) ? "readRestricted"`,
  ],
  [
    new RegExp(`([\\w$]+\\(\\w+, ?${word('configure')}, ?\\w+\\))\\s*\\|\\|`, 'g'),
    `!${seeded('owners settle nothing')} && $1 ||`,
  ],
  [
    /\[(\w+)\.askedById, ?\1\.takenById\]/g,
    `(${seeded('asker unknown')} ? [$1.takenById] : ${seeded('taker unknown')} ? [$1.askedById] : [$1.askedById, $1.takenById])`,
  ],
  [
    new RegExp(
      `(\\w+\\.visibility\\s*===\\s*${word('public')}|${word('public')}\\s*===\\s*\\w+\\.visibility)\\s*\\?\\s*${word('public')}`,
      'g',
    ),
    `(${seeded('audience for all')} || $1) ? "public"`,
  ],
  [
    new RegExp(`members:\\s*${word('readRestricted')}`, 'g'),
    `members: ${seeded('members heard by all')} ? "know" : "readRestricted"`,
  ],
];

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const source = loaded.source?.toString();
    if (!source || !/readRestricted:\s*\{/.test(source)) return loaded;
    const text = seeds.reduce((before, [where, what]) => before.replace(where, what as string), source);
    return { ...loaded, source: text };
  },
});
