import type { HubsCommand } from './hubs-command.ts';
import type { Output } from './output.ts';

export function addCacheCommands(program: HubsCommand): void {
  const group = program.command('cache').description('Cache-related operations.');
  group.example(
    'cache list',
    'cache clean 42 meetings',
    'cache coverage',
    'cache coverage --nagios --warning 60 --critical 30',
  );
  group
    .command('clean')
    .description('Clean the specified WIDGETs (id or name).')
    .argument('[WIDGET...]')
    .option('--all', 'Clean every widget.')
    .answers(cleanCache);
  group
    .command('coverage')
    .description('Check the cache coverage.')
    .option('--nagios', 'Answer as a Nagios plugin: one line, exit status 0, 1, 2 or 3.')
    .option('--warning <PERCENT>', 'Warn below it; 50 if left out.', '50')
    .option('--critical <PERCENT>', 'Critical below it; 25 if left out.', '25')
    .answers(async (out, options: import('./cache-coverage.ts').CoverageOptions) =>
      (await import('./cache-coverage.ts')).showCoverage(out, options),
    );
  group.command('list').description('List widgets for which there is cached data.').answers(listCache);
}

async function cleanCache(out: Output, targets: string[], { all = false }: { all?: boolean }): Promise<void> {
  const { cleanWidgets, findTargets } = await import('./clean-cache.ts');
  const { withCache } = await import('./with-cache.ts');
  const { plural } = await import('../ui/words.ts');
  await withCache(async (pool, cache) => {
    const keys = await findTargets(pool, targets, all);
    const progress = out.progress(() => `Cleaning ${plural(keys.length, 'value')} …`);
    const { removed, widgets } = await cleanWidgets(pool, cache, keys).finally(progress.end);
    const shared = `Removed ${plural(removed, 'cached value')}, which ${plural(widgets, 'widget shares', 'widgets share')}.`;
    out.answer({ removed, widgets }, removed > 0 ? shared : 'Nothing of it was cached.');
  });
}

async function listCache(out: Output): Promise<void> {
  const { listLoadingWidgets, probeValues } = await import('../widgets/expected-values.ts');
  const { withCache } = await import('./with-cache.ts');
  const { plural, sayAge } = await import('../ui/words.ts');
  await withCache(async (pool, cache) => {
    const widgets = (await listLoadingWidgets(pool)).filter(({ archived }) => !archived);
    const keys = [...new Set(widgets.map(({ valueKey }) => valueKey))];
    let probed = 0;
    const progress = out.progress(() => `${probed} of ${plural(keys.length, 'value')} looked for.`);
    const found = await probeValues(cache, keys, (count) => {
      probed = count;
    }).finally(progress.end);
    const now = Date.now();
    const rows = widgets.flatMap(({ id, kind, hub, valueKey }) => {
      const value = found.get(valueKey);
      return value
        ? [{ id, kind, hub, loader: valueKey, ageS: Math.round((now - value.asOf) / 1_000), ...value }]
        : [];
    });
    out.table(
      rows,
      {
        ID: ({ id }) => id,
        KIND: ({ kind }) => kind,
        HUB: ({ hub }) => `${hub.type}/${hub.name}`,
        LOADER: ({ loader }) => loader,
        AGE: ({ asOf }) => sayAge(asOf, now),
        BYTES: ({ bytes }) => bytes,
      },
      'Nothing is cached.',
    );
  });
}
