import { z } from 'zod';

export const settings = z.object({
  n: z.number().int().min(1).max(50).default(5).meta({ label: 'How many are shown' }),
});

export type RequestsSettings = z.output<typeof settings>;
