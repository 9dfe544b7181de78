// Widgets as a test sees them: read and rendered like a page does it, without a server.
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import {
  PathnameContext,
  SearchParamsContext,
} from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import type { FeedStore } from '../feeds/feed-store.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import type { AnyKind } from '../widgets/kind.ts';

const nowhere = () => undefined;
const router = {
  back: nowhere,
  forward: nowhere,
  refresh: nowhere,
  push: nowhere,
  replace: nowhere,
  prefetch: nowhere,
  bfcacheId: '',
};

interface Given {
  database: Database;
  hub: HubInfo;
  viewer?: Viewer | null;
  settings?: object;
  now?: number;
  /** Where people have their pages who have no hub. */
  userUrl?: string;
}

/** A feed nobody asks: the kinds under test read SQL only. */
const noFeeds: FeedStore = {
  add: () => Promise.reject(new Error('no feeds here')),
  read: () => Promise.reject(new Error('no feeds here')),
  isEmpty: () => Promise.reject(new Error('no feeds here')),
  clear: () => Promise.reject(new Error('no feeds here')),
  wrong: () => Promise.resolve(null),
  close: () => Promise.resolve(),
};

/** What the widget reads for this viewer, and the HTML of its view. */
export async function lookAt(
  kind: AnyKind,
  { database, hub, viewer = null, settings = {}, now = Date.now(), userUrl }: Given,
) {
  const parsed = kind.settings.parse(settings);
  const own = (await kind.read?.({ database, feeds: noFeeds, viewer, userUrl, now }, hub, parsed)) ?? null;
  const { default: View } = await kind.view();
  const { id, type, name } = hub;
  const html = renderToStaticMarkup(
    <AppRouterContext value={router}>
      <PathnameContext value="/">
        <SearchParamsContext value={new URLSearchParams()}>
          <View hub={{ id, type, name }} settings={parsed} own={own} loaded={null} now={now} />
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );
  return {
    own,
    html,
    text: html
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    empty: kind.isEmpty?.(own, null),
  };
}
