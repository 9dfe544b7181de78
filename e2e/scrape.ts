// What a /metrics says: https://prometheus.io/docs/instrumenting/exposition_formats/

export interface Scrape {
  metrics: { name: string; kind: string; help: string }[];
  samples: { name: string; labels: Record<string, string> }[];
}

export function readScrape(text: string): Scrape {
  const helps = new Map(
    [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '', help = '']) => [name, help]),
  );
  const metrics = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => ({
    ...{ name, kind },
    help: helps.get(name) ?? '',
  }));
  const samples = [...text.matchAll(/^([a-z_0-9]+)(?:\{(.*)\})? \S+$/gm)].map(
    ([, name = '', labels = '']) => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value]),
      ),
    }),
  );
  return { metrics, samples };
}

/** The rows of docs/metrics.md, by name: of Hubs' own metrics alone. */
export function writeTable(scrapes: Map<string, Scrape>): string[] {
  const rows = new Map<string, { kind: string; labels: Set<string>; processes: string[]; help: string }>();
  for (const [process, { metrics, samples }] of scrapes)
    for (const { name, kind, help } of metrics.filter((metric) => metric.name.startsWith('hubs_'))) {
      const row = rows.get(name) ?? { kind, help, labels: new Set(), processes: [] };
      rows.set(name, row);
      row.processes.push(process);
      const own = samples.filter((sample) => sample.name.replace(/_(bucket|sum|count)$/, '') === name);
      for (const sample of own)
        for (const label of Object.keys(sample.labels)) if (label !== 'le') row.labels.add(label);
    }
  return [...rows]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(
      ([name, { kind, labels, processes, help }]) =>
        `| \`${name}\` | ${kind} | ${[...labels].join(', ')} | ${processes.length === scrapes.size ? 'all' : processes.join(', ')} | ${help} |`,
    );
}
