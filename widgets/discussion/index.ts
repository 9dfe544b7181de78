import { may } from '../../hubs/permissions.ts';
import { topicsByCategory, topicsByTag } from '../../upstreams/discourse.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { defineWidget } from '../kind.ts';
import { type DiscussionSettings, settings } from './settings.ts';
import type { DiscussionOwn, Topics } from './topics.ts';

type Part = { tag: string } | { category: string };

/** Enough for every n that the settings allow. */
const TOPICS_KEPT = 30;

export const discussion = defineWidget<DiscussionSettings, DiscussionOwn, Part, Topics>({
  kind: 'discussion',
  label: 'Discussions',
  description: 'The topics of a Discourse tag or category that moved last.',
  hubTypes: ['team'],
  column: 'right',
  settings,
  service: 'discourse',
  read: async ({ viewer }, hub) => ({ unansweredFirst: may(viewer, 'configure', hub) }),
  loader: {
    version: 2,
    part: ({ tag, category }, hub) => {
      if (category && !tag) return { category };
      const used = tag || hub.discourseTag;
      return used ? { tag: used } : null;
    },
    asks: () => 'discourse',
    // Messages name a category by the last word of its address, among the tags (activity/services/discourse.ts).
    interests: (part) => [`tag:${'tag' in part ? part.tag : part.category.split('/').at(-2)}`],
    maxAgeMs: 10 * 60_000,
    load: async (part, { services, signal, exchange }) => {
      const base = services.discourse;
      if (!base) throw new UpstreamError('No Discourse is set up for Hubs.', { retry: false });
      const options = { signal, exchange };
      const { topics, href } =
        'tag' in part
          ? await topicsByTag(base, part.tag, options)
          : await topicsByCategory(base, part.category, options);
      return {
        value: { ...part, topics: topics.slice(0, TOPICS_KEPT), href },
        source: { name: new URL(base).host, href },
      };
    },
  },
  isEmpty: (_own, loaded) => loaded === null,
  reloadOn: [],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
