import { z } from 'zod';
import { periods } from './periods.ts';

export const settings = z.object({
  period: z
    .enum(['week', 'month', 'quarter', 'year'])
    .default('year')
    .meta({
      label: 'Period',
      options: Object.fromEntries(Object.entries(periods).map(([name, { words }]) => [name, words])),
    }),
});

export type StatsSettings = z.output<typeof settings>;
