import { z } from 'zod';
import { topicsByTag } from '../../upstreams/discourse.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { defineWidget } from '../kind.ts';
import type { Topics } from './topics.ts';

const settings = z.object({
  tag: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({ label: 'Discourse tag', hint: 'Leave it empty to use the hub’s own.' }),
  n: z.number().int().min(1).max(30).default(5).meta({ label: 'Topics shown' }),
});

/** Enough for every n that the settings allow. */
const TOPICS_KEPT = 30;

export const discussion = defineWidget<z.output<typeof settings>, null, { tag: string }, Topics>({
  kind: 'discussion',
  label: 'Discussions',
  description: 'The topics of a Discourse tag that moved last.',
  hubTypes: ['team'],
  column: 'right',
  settings,
  service: 'discourse',
  loader: {
    version: 2,
    part: ({ tag }, hub) => {
      const used = tag || hub.discourseTag;
      return used ? { tag: used } : null;
    },
    asks: () => 'discourse',
    interests: ({ tag }) => [`tag:${tag}`],
    maxAgeMs: 10 * 60_000,
    load: async ({ tag }, { services, signal, exchange }) => {
      if (!services.discourse) throw new UpstreamError('No Discourse is set up for Hubs.', { retry: false });
      const { topics, href } = await topicsByTag(services.discourse, tag, { signal, exchange });
      const name = new URL(services.discourse).host;
      return { value: { tag, topics: topics.slice(0, TOPICS_KEPT), href }, source: { name, href } };
    },
  },
  reloadOn: [],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
