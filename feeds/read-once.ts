import type { FeedStore } from './feed-store.ts';

/** The store for one page view: widgets that read the same part of the same feed share one question to it. */
export function readOnce(store: FeedStore): FeedStore {
  const asked = new Map<string, ReturnType<FeedStore['read']>>();
  return {
    ...store,
    read(hub, options) {
      const question = JSON.stringify([hub, options]);
      const answer = asked.get(question) ?? store.read(hub, options);
      asked.set(question, answer);
      return answer;
    },
  };
}
