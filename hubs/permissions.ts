// Who may do what: the one place that pages, API, SSE and outputs ask. Sign-in is not built yet, so every viewer
// is a visitor today.
import type { Notice } from '../bus/streams.ts';
import type { HubInfo } from './find-hub.ts';

type Subject = Pick<HubInfo, 'type' | 'visibility'>;

/** Whether the hub exists for a visitor at all; where not, the answer is 404, never 403. */
export const mayKnowHub = (hub: Subject): boolean => hub.type !== 'stream' && hub.visibility !== 'private';

/** Whether a visitor may read feed, people and widgets; of a preview hub only header and description. */
export const mayReadHub = (hub: Subject): boolean => mayKnowHub(hub) && hub.visibility === 'public';

/** Who may hear of changes to the hub. */
export function audienceOf(hub: Subject): Notice['audience'] {
  if (hub.type === 'stream') return 'person';
  return hub.visibility === 'public' ? 'public' : 'members';
}
