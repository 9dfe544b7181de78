import type { Topic } from '../../upstreams/discourse.ts';

/** What is loaded for a tag. */
export interface Topics {
  tag: string;
  topics: Topic[];
  /** The tag's page. */
  href: string;
}
