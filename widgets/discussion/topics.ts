import type { Topic } from '../../upstreams/discourse.ts';

export interface DiscussionOwn {
  /** Who can answer for the team sees first what waits for an answer. */
  unansweredFirst: boolean;
}

/** What is loaded for a tag or a category. */
export interface Topics {
  tag?: string;
  category?: string;
  topics: Topic[];
  /** Their page. */
  href: string;
}
